#define _GNU_SOURCE
#include "CallCounts.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

static __thread CallCounts counts;
static __thread int is_counting;

void call_counts_begin(void) {
  counts = (CallCounts){0, 0, 0};
  is_counting = 1;
}

CallCounts call_counts_end(void) {
  is_counting = 0;
  return counts;
}

// MARK: - The allocator

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static inline void count_allocation(void) {
  if (is_counting) counts.allocations++;
}

void *malloc(size_t size) {
  count_allocation();
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  count_allocation();
  return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  count_allocation();
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count_allocation();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  count_allocation();
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

// MARK: - Reference counts

// Whoever calls these may rely on most registers being kept. Keeping them all is right for those who do not.
#define KEEPS_REGISTERS __attribute__((preserve_most))

// Defines `name` with these parameters: it counts, then calls what it stands before.
#define COUNTED_REFERENCE(result, name, parameters, arguments)                     \
  KEEPS_REGISTERS result name parameters {                                         \
    static result(*real) parameters;                                               \
    if (!real) real = (result(*) parameters)dlsym(RTLD_NEXT, #name);               \
    if (is_counting) counts.references++;                                          \
    return real arguments;                                                         \
  }

COUNTED_REFERENCE(void *, swift_retain, (void *object), (object))
COUNTED_REFERENCE(void *, swift_retain_n, (void *object, uint32_t count), (object, count))
COUNTED_REFERENCE(void, swift_release, (void *object), (object))
COUNTED_REFERENCE(void, swift_release_n, (void *object, uint32_t count), (object, count))
COUNTED_REFERENCE(void *, swift_bridgeObjectRetain, (void *object), (object))
COUNTED_REFERENCE(void, swift_bridgeObjectRelease, (void *object), (object))

// MARK: - Errors of a known type

// Where the testing library looks at every error thrown, for which it allocates and locks. While somebody counts it is
// left out, as in every process without that library.
void swift_willThrowTypedImpl(void *value, const void *type, const void *conformance) {
  static void (*real)(void *, const void *, const void *);
  if (is_counting) return;
  if (!real) real = (void (*)(void *, const void *, const void *))dlsym(RTLD_NEXT, "swift_willThrowTypedImpl");
  real(value, type, conformance);
}

// MARK: - Locks

int pthread_mutex_lock(pthread_mutex_t *mutex) {
  static int (*real)(pthread_mutex_t *);
  if (!real) real = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_lock");
  if (is_counting) counts.locks++;
  return real(mutex);
}
