// libpq, and what Swift's Glibc module does not export of the kernel: epoll and eventfd, by which a thread waits for its
// sockets; handles of processes, by which a signal cannot reach a later process of the same number; what a program is
// started with that is to outlive its starter; and writing a whole file system down.
#pragma once

#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
// Without pkg-config nothing tells the compiler where Debian keeps the header.
#include <postgresql/libpq-fe.h>
#endif

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>

// Declared here and not by their headers, which would bring types that Swift then takes for this module's.
extern long syscall(long number, ...);
extern int syncfs(int file);

// By number, since only later C libraries than Debian 11's have functions for them.
static inline int process_handle(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0u); }
static inline int process_signal(int handle, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, handle, signal, (void *)0, 0u);
}

// GNU's additions to posix_spawn, which the headers keep back from Swift: a session of its own, no files but the standard
// three, another working folder.
static const short SPAWN_IN_OWN_SESSION = 0x80;
extern int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(void *actions, const char *path);
