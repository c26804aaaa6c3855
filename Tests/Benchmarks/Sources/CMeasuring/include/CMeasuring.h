#pragma once
#include <stdbool.h>
#include <stdint.h>

// What Swift cannot say itself: it needs the C library's own names, or macros.

/// How often this program allocated while counting was on. Every allocation of every library in the
/// process counts: their malloc is the one in Allocations.c.
void allocations_count(bool isOn);
uint64_t allocations_counted(void);

/// Keeps the process on one core, the last it may use, so that it does not wander in the middle of a
/// measurement. Returns the core's number, or -1.
int pin_to_one_core(void);

/// The processor time that this thread has used, in nanoseconds: what neighbours use does not count.
uint64_t thread_nanoseconds(void);

/// Under `valgrind --tool=callgrind --instr-atstart=no`, instructions count only between these two;
/// elsewhere they do nothing.
void instructions_start(void);
void instructions_stop(void);
