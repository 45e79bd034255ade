# The two commands of the README are `make demo` and `make test`; everything else is for those who work here.
# One set of flags for every release build, so that demo, tests and measurements share their objects.
# -enable-testing lets the tests see internals in an optimised build: the planner is too slow to test in debug.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
# Symbols name what crashed; with lines of source a clean build takes 552 s instead of 491.
SWIFT_FLAGS := -c release -Xswiftc -enable-testing -debug-info-format none
TRADEWIND := .build/release/tradewind

.PHONY: demo test tests lint build setup world format fuzz measure measure-client measure-bookings fire soak soak-short bench-queue bench contest clean

setup:
	@scripts/setup.sh

build: setup
	swift build $(SWIFT_FLAGS) --product tradewind

demo: build
	@scripts/demo.sh $(TRADEWIND)

# `swift test` would build everything a second time, with flags of its own: tests are built as the rest is, and only run by it.
tests: setup
	swift build $(SWIFT_FLAGS) --build-tests

TEST_FLAGS := $(SWIFT_FLAGS) --skip-build --disable-xctest

# `swift test` exits 0 when a filter matches nothing, so the closing line is checked too. Those that talk to a server run by
# themselves: they wait for things to happen, and the planner's tests would keep every thread from looking.
test: tests
	@scripts/test.sh $(TEST_FLAGS) --skip 'PostgresClientTests|ShipmentStoreTests|JobQueueTests'
	@timeout --kill-after=10 600 scripts/test.sh $(TEST_FLAGS) --filter 'PostgresClientTests|ShipmentStoreTests'
	@timeout --kill-after=10 600 scripts/test.sh $(TEST_FLAGS) --filter JobQueueTests
	@$(FIRE_BRIEFLY)

lint:
	swift format lint --strict --recursive --parallel Sources Tests Benchmarks/Benchmarks Package.swift \
	  Benchmarks/Package.swift
	@scripts/check-layers.sh

format:
	swift format --in-place --recursive --parallel Sources Tests Benchmarks/Benchmarks Package.swift \
	  Benchmarks/Package.swift

# Makes config/networks/world from config/sources and config/assumptions.toml.
world: build
	$(TRADEWIND) network build

# Every figure the README quotes, printed by the command that measures it.
measure: build
	@scripts/measure.sh $(TRADEWIND)

# The PostgreSQL client beside the C library by itself, on a server of its own.
measure-client: tests
	TRADEWIND_MEASURE_CLIENT=1 swift test $(TEST_FLAGS) --filter ClientFiguresTests 2>&1 \
	  | grep -E 'figure |issue|passed|failed'

# Bookings a second, one by one and in batches, on a server of its own whose commits are on disk before they are answered.
measure-bookings: tests
	TRADEWIND_MEASURE_BOOKINGS=1 swift test $(TEST_FLAGS) --filter BookingFiguresTests 2>&1 \
	  | grep -E 'figure |issue|passed|failed'

# 40,000 orders on flights of 12,000 by eight processes, one of them killed every second.
fire: build
	@scripts/book-under-fire.sh $(TRADEWIND)

QUEUE_CHECK := .build/release/queue-check
queue-check: setup
	swift build $(SWIFT_FLAGS) --product queue-check
.PHONY: queue-check

# The least of it that meets every kind of fault but a failover, in fifteen seconds: part of `make test`.
FIRE_BRIEFLY = JOBS=3000 KILLS=2 CRASHES=1 FAILOVERS=0 CUTS=1 HOLES=0 STOPS=1 STORMS=1 JUMPS=1 LEASE_MS=1000 EVERY_MS=30 \
  timeout --kill-after=10 120 scripts/queue-fire.sh $(QUEUE_CHECK)

# The job queue under fire: 20,000 jobs, every kind of fault, in under a minute. Sizes: scripts/queue-fire.sh.
soak-short: queue-check
	@timeout --kill-after=10 120 scripts/queue-fire.sh $(QUEUE_CHECK)

# The same for a million jobs; its summary is kept.
soak: queue-check
	JOBS=$${JOBS:-1000000} KILLS=$${KILLS:-200} CRASHES=$${CRASHES:-20} FAILOVERS=$${FAILOVERS:-10} CUTS=$${CUTS:-50} HOLES=$${HOLES:-5} \
	  STOPS=$${STOPS:-10} STORMS=$${STORMS:-10} JUMPS=$${JUMPS:-10} FULL=$${FULL:-1} PATIENCE=$${PATIENCE:-6000} EVERY_MS=$${EVERY_MS:-40} \
	  scripts/queue-fire.sh $(QUEUE_CHECK) Benchmarks/Results/soak.md

# The queue's figures beside pgbench running the same SQL, on a server of its own.
bench-queue: queue-check build
	@scripts/bench-queue.sh $(QUEUE_CHECK)

# The kernels, one by one (Benchmarks/README.md); BENCH narrows them by a regular expression on their names.
BENCH ?= .*
bench:
	cd Benchmarks && swift package benchmark --no-progress --filter '$(BENCH)'

# Both engines in the degenerate mode of the conformance page on a generated network of 5,000 hubs.
contest: build
	@scripts/contest/run.sh $(TRADEWIND)

# libFuzzer on each parser and on the decoder of snapshots, FUZZ_SECONDS each.
FUZZ_SECONDS ?= 300
fuzz:
	@scripts/fuzz/run.sh $(FUZZ_SECONDS)

clean:
	rm -rf .build
