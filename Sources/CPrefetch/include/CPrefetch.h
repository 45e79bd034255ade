#ifndef TRADEWIND_CPREFETCH_H
#define TRADEWIND_CPREFETCH_H

// Asks the processor for the line of memory at an address, without waiting for it. Swift has no such
// instruction; an ordinary load does the same, but holds up everything behind it until it has its word.
// The address is never read: any will do.
static inline void prefetch_line(const void *address) { __builtin_prefetch(address); }

#endif
