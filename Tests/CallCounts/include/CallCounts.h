// Counts what one thread asks of the allocator, of the Swift runtime's reference counts and of locks.
//
// The functions counted are replaced for the whole process that links this: each counts, if its thread is counting,
// and hands on to the real one. For tests only.
#ifndef CALL_COUNTS_H
#define CALL_COUNTS_H

#include <stdint.h>

typedef struct {
  // malloc, calloc, realloc and the aligned ones.
  int64_t allocations;
  // swift_retain, swift_release and their kin.
  int64_t references;
  // pthread_mutex_lock.
  int64_t locks;
} CallCounts;

// Sets this thread's counts to nothing and begins to count.
void call_counts_begin(void);

// Stops, and tells what was counted since.
CallCounts call_counts_end(void);

#endif
