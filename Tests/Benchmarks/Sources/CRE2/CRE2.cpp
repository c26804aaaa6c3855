#include "CRE2.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <vector>

struct re2_set {
  re2::RE2::Set set;
  std::vector<int> matches;
};

static re2::RE2::Options options(int64_t max_memory) {
  re2::RE2::Options options(re2::RE2::Latin1);  // bytes, as the others read them
  options.set_max_mem(max_memory);
  options.set_literal(true);
  options.set_log_errors(false);
  return options;
}

re2_set *re2_set_compile(
  const char *const *literals, const size_t *lengths, size_t count, int64_t max_memory) {
  auto *set = new re2_set{
    re2::RE2::Set(options(max_memory), re2::RE2::UNANCHORED), std::vector<int>()};
  bool ok = true;
  for (size_t i = 0; ok && i < count; i++) {
    ok = set->set.Add(re2::StringPiece(literals[i], lengths[i]), nullptr) == static_cast<int>(i);
  }
  if (ok && set->set.Compile()) return set;
  delete set;
  return nullptr;
}

ptrdiff_t re2_set_scan(re2_set *set, const char *text, size_t length) {
  re2::RE2::Set::ErrorInfo error{};
  bool found = set->set.Match(re2::StringPiece(text, length), &set->matches, &error);
  if (error.kind != re2::RE2::Set::kNoError) return -1;
  return found ? static_cast<ptrdiff_t>(set->matches.size()) : 0;
}

const int *re2_set_matches(const re2_set *set) { return set->matches.data(); }
