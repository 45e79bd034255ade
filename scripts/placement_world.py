#!/usr/bin/env python3
"""Writes a placement question of a network's size: demand in zones drawn from all it serves, every hub with a last mile
as a candidate.

usage: scripts/placement_world.py BUNDLE FOLDER [POINTS] [SEED]
Then: tradewind place --network BUNDLE --demand FOLDER/demand.csv --skus FOLDER/skus.csv --sites FOLDER/sites.csv
"""
import csv
import pathlib
import random
import sys

SKUS = [
    ("lamp", "CNYIU", "1.2kg", "40x20x20cm", "940542:1:18EUR", "4.7"),
    ("phone-case", "CNYIU", "60g", "16x9x2cm", "392690:1:4EUR", "6.5"),
    ("kettle", "CNSZX", "900g", "22x18x18cm", "851610:1:14EUR", "2.7"),
    ("chair", "CNYIU", "6.5kg", "60x50x20cm", "940161:1:45EUR", "0"),
    ("jacket", "CNCAN", "700g", "35x30x8cm", "620293:1:22EUR", "12"),
    ("toy", "CNYIU", "350g", "25x18x9cm", "950300:1:9EUR", "0"),
]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    bundle, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    points = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    draw = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    country = {node["node"]: node["country"] for node in rows(bundle / "nodes.csv")}
    miles = [leg for leg in rows(bundle / "legs.csv") if leg["stage"] == "last_mile"]
    zones = sorted({leg["to"] for leg in miles if country[leg["to"]] != "CN"})
    hubs = sorted({leg["from"] for leg in miles if leg["card"] and country[leg["from"]] != "CN"})
    pairs = [(sku[0], zone) for sku in SKUS for zone in zones]
    pairs = sorted(draw.sample(pairs, min(points, len(pairs))))
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "skus.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sku", "from", "weight", "dims", "line", "duty_percent", "short", "over"])
        out.writerows([*sku, "6.00EUR", "2.00EUR"] for sku in SKUS)
    with open(folder / "demand.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sku", "to", "pieces"])
        out.writerows([sku, zone, draw.randint(5, 400)] for sku, zone in pairs)
    with open(folder / "sites.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["node"])
        out.writerows([hub] for hub in hubs)
    print(f"{len(pairs)} demand points, {len(hubs)} sites, {len(hubs) * len(SKUS)} shelves")


if __name__ == "__main__":
    main()
