#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A RE2::Set of literals that may stand anywhere.
typedef struct re2_set re2_set;

/// Compiles the literals; `NULL` where they do not fit into `max_memory` bytes.
re2_set *re2_set_compile(
  const char *const *literals, const size_t *lengths, size_t count, int64_t max_memory);

/// Finds the literals that the text holds: how many, or -1 where RE2 ran out of memory. Their
/// numbers stay in `re2_set_matches` until the next scan.
ptrdiff_t re2_set_scan(re2_set *set, const char *text, size_t length);
const int *re2_set_matches(const re2_set *set);

#ifdef __cplusplus
}
#endif
