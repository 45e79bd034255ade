#!/usr/bin/env python3
"""Writes placement instances of the shapes of the public classes, the same for a seed on every machine.

usage: scripts/placement_instances.py FOLDER [SEED]
Then: tradewind bench --placement FOLDER/CLASS, with --capacity or --p where the class asks for one:
  warehouses   100 sites, 1,000 clients, three levels of opening costs (orlib-cap; --capacity 5000..14000)
  small        16, 25 and 50 sites, 50 clients, with capacities (orlib-cap)
  whole        Holmberg's and Yang's shapes, room 1.5 to 4 times the demand (holmberg)
  graphs       500 to 900 nodes (orlib-pmed; --p)
  points       1,304 to 1,432 clustered points (tsplib; --p)
"""
import math
import pathlib
import random
import sys


def points(draw, count, side=1000):
    return [(draw.random() * side, draw.random() * side) for _ in range(count)]


def warehouses(path, opening, room, demand, cost):
    lines = [f" {len(opening)} {len(demand)} "]
    lines += [f" {capacity} {price:.6f} " for capacity, price in zip(room, opening)]
    for wanted, row in zip(demand, cost):
        lines += [f" {wanted} ", " ".join(f"{price:.5f}" for price in row) + " "]
    path.write_text("\n".join(lines) + "\n")


def whole(path, draw, sites, clients, ratio, opening, scale):
    at, to = points(draw, sites, 200), points(draw, clients, 200)
    demand = [draw.randint(10, 50) for _ in to]
    room = [draw.randint(60, 140) for _ in at]
    stretch = ratio * sum(demand) / sum(room)
    rows = [[int(size * stretch) for size in room], [draw.randint(*opening) for _ in at], demand]
    rows += [[int(math.dist(a, b) * (wanted / 10 if scale else 4)) for b in at] for a, wanted in zip(to, demand)]
    path.write_text(f"{sites} {clients}\n" + "\n".join(" ".join(map(str, row)) for row in rows) + "\n")


def graph(path, draw, count):
    order = list(range(1, count + 1))
    draw.shuffle(order)
    edges = set(zip(order, order[1:]))
    while len(edges) < count * count // 50:
        ends = (draw.randint(1, count), draw.randint(1, count))
        if ends[0] != ends[1]:
            edges.add(ends)
    lines = [f" {a} {b} {draw.randint(1, 100)}" for a, b in sorted(edges)]
    path.write_text(f" {count} {len(edges)} {count // 10}\n" + "\n".join(lines) + "\n")


def plane(path, draw, count):
    centres = [(draw.randint(0, 16000), draw.randint(0, 16000)) for _ in range(60)]
    found = set()
    while len(found) < count:
        if draw.random() < 0.35:
            found.add((draw.randint(0, 19000), draw.randint(0, 19000)))
        else:
            x, y = draw.choice(centres)
            found.add((x + int(abs(draw.gauss(0, 900))), y + int(abs(draw.gauss(0, 900))) // 50 * 50))
    lines = [f"{number} {x} {y}" for number, (x, y) in enumerate(sorted(found), 1)]
    path.write_text(
        f"NAME : made\nTYPE : TSP\nDIMENSION : {count}\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
        + "\n".join(lines) + "\nEOF\n")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for name in ("warehouses", "small", "whole", "graphs", "points"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, low, high in (("a", 1_370_000, 2_250_000), ("b", 600_000, 1_200_000), ("c", 350_000, 800_000)):
        draw = random.Random(f"warehouses {name} {seed}")
        at, to = points(draw, 100), points(draw, 1000)
        demand = [draw.randint(1, 100) for _ in to]
        cost = [[wanted * math.dist(a, b) for b in at] for a, wanted in zip(to, demand)]
        opening = [draw.randint(low, high) for _ in at]
        warehouses(folder / "warehouses" / f"{name}.txt", opening, [8000] * 100, demand, cost)
    for sites in (16, 25, 50):
        for price, ratio in ((7500, 1.15), (12500, 1.6), (17500, 4), (25000, 2)):
            draw = random.Random(f"small {sites} {price} {seed}")
            at, to = points(draw, sites), points(draw, 50)
            demand = [draw.randint(5, 1000) * (10 if draw.random() < 0.1 else 1) for _ in to]
            cost = [[wanted * math.dist(a, b) * 0.01 for b in at] for a, wanted in zip(to, demand)]
            room = [int(sum(demand) / sites * ratio) + 1] * sites
            warehouses(folder / "small" / f"{sites}-{price}.txt", [price] * sites, room, demand, cost)
    for sites, clients in ((10, 50), (20, 50), (30, 70), (30, 150), (30, 200), (60, 200), (60, 300), (80, 400)):
        for ratio in (1.5, 2, 3, 4):
            draw = random.Random(f"whole {sites} {clients} {ratio} {seed}")
            path = folder / "whole" / f"{sites}-{clients}-{ratio}.txt"
            whole(path, draw, sites, clients, ratio, (300, 1200), sites < 60)
    for count in (500, 600, 700, 800, 900):
        graph(folder / "graphs" / f"{count}.txt", random.Random(f"graphs {count} {seed}"), count)
    for count in (1304, 1323, 1432):
        plane(folder / "points" / f"{count}.tsp", random.Random(f"points {count} {seed}"), count)


if __name__ == "__main__":
    main()
