// malloc and its kin, counted. A definition in the program stands before those of the shared
// libraries, for them too; glibc keeps its own reachable under __libc_ names.

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "CMeasuring.h"

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static bool is_counting;
static uint64_t count;

static inline void note(void) {
  if (__builtin_expect(is_counting, 0)) __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
}

void allocations_count(bool isOn) { is_counting = isOn; }
uint64_t allocations_counted(void) { return __atomic_load_n(&count, __ATOMIC_RELAXED); }

void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note();
  return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
  note();
  return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  note();
  *block = __libc_memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
