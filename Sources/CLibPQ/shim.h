// libpq, and the two kernel interfaces a thread needs to wait for its sockets: Swift's Glibc module exports neither
// epoll nor eventfd.
#pragma once

#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
// Without pkg-config nothing tells the compiler where Debian keeps the header.
#include <postgresql/libpq-fe.h>
#endif

#include <sys/epoll.h>
#include <sys/eventfd.h>
