#!/usr/bin/env python3
"""Writes the network of the contest with timetable planners: 5,000 hubs, 100,000 departures a week.

A plain network in the degenerate mode: price 1 for each leg, no CO2e, no delay, no handling, every leg scheduled. 500
gateways are joined at random, each other hub by feeders to its two nearest gateways, both ways. Legs depart two to
seven times a week at random minutes and take as long as the distance says. 1,000 queries join random hubs, ready in
the first 24 hours. The same seed gives the same files.

usage: network.py FOLDER [SEED]
"""

import math
import os
import random
import sys

HUBS, GATEWAYS, LEGS, QUERIES = 5_000, 500, 21_400, 1_000
WEEK, DAY = 10_080, 1_440


def legs(rng):
    """Legs as (from, to, departures a week, minutes)."""
    place = [(rng.random(), rng.random()) for _ in range(HUBS)]
    made = []
    for hub in range(GATEWAYS, HUBS):
        near = sorted(range(GATEWAYS), key=lambda gateway: math.dist(place[gateway], place[hub]))
        for gateway in near[:2]:
            minutes = int(60 + 600 * math.dist(place[gateway], place[hub]))
            made += [(hub, gateway, 5, minutes), (gateway, hub, 5, minutes)]
    while len(made) < LEGS:
        tail, head = rng.sample(range(GATEWAYS), 2)
        minutes = int(120 + 1_200 * math.dist(place[tail], place[head]))
        made.append((tail, head, rng.choice([2, 3, 5, 7]), minutes))
    return made


def main(folder, seed):
    rng = random.Random(seed)
    os.makedirs(folder, exist_ok=True)

    def table(name, header, rows):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(header + "\n")
            file.writelines(",".join(map(str, row)) + "\n" for row in rows)

    made = legs(rng)
    departures = [
        (f"L{leg}", minute, minutes, "certain")
        for leg, (_, _, count, minutes) in enumerate(made)
        for minute in sorted(rng.sample(range(WEEK), count))
    ]
    table("nodes.csv", "node,kind", [(f"n{hub}", "hub") for hub in range(HUBS)])
    table(
        "legs.csv",
        "leg,from,to,mode,goods_mask,max_weight_g,handling_min,rate,co2_mg_per_g,sched,cal,dur_min,pmf",
        [
            (f"L{leg}", f"n{tail}", f"n{head}", "air", 1, 1_000_000, 0, "one", 0, "S", "", "", "")
            for leg, (tail, head, _, _) in enumerate(made)
        ],
    )
    table("departures.csv", "leg,dep_min,dur_min,pmf", departures)
    table("pmf.csv", "pmf,delay_min,weight", [("certain", 0, 1024)])
    table("rates.csv", "rate,upto_g,base_cents,unit_g,unit_cents", [("one", 1_000_000, 1, 1, 0)])
    queries = []
    for query in range(QUERIES):
        origin, destination = rng.sample(range(HUBS), 2)
        queries.append((query, f"n{origin}", f"n{destination}", rng.randrange(DAY), 1, 0, 1024, 50))
    table(
        "queries.csv", "query,origin,dest,ready_min,weight_g,goods,q1024,max_legs", queries
    )
    print(f"{HUBS} hubs, {len(made)} legs, {len(departures)} departures a week, {QUERIES} queries")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7)
