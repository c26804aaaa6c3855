#define _GNU_SOURCE
#include <sched.h>
#include <time.h>
#include <valgrind/callgrind.h>

#include "CMeasuring.h"

int pin_to_one_core(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return -1;
  int core = CPU_SETSIZE - 1;
  while (core >= 0 && !CPU_ISSET(core, &allowed)) core--;
  if (core < 0) return -1;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(core, &one);
  return sched_setaffinity(0, sizeof one, &one) == 0 ? core : -1;
}

uint64_t thread_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void instructions_start(void) { CALLGRIND_START_INSTRUMENTATION; }
void instructions_stop(void) { CALLGRIND_STOP_INSTRUMENTATION; }
