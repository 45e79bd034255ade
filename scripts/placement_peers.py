"""The general solvers beside tradewind: models built from the instance files, timed without their building."""
import gzip
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import highspy
except ImportError:
    highspy = None
CBC = shutil.which("cbc")


def words(path):
    data = open(path, "rb").read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return data.decode()


def read(path, kind, p):
    """Opening costs, capacities or None, demands, rows of costs; None for a shape that is not modelled."""
    text = words(path)
    if "NODE_COORD_SECTION" in text:
        body = text.split("NODE_COORD_SECTION")[1].split("EOF")[0].split()
        xy = [(float(body[i + 1]), float(body[i + 2])) for i in range(0, len(body), 3)]
        cost = [[math.isqrt(int((a - c) ** 2 + (b - d) ** 2)) for c, d in xy] for a, b in xy]
        return [0] * len(xy), None, [1] * len(xy), cost
    try:
        v = [float(w) for w in text.split()]
    except ValueError:
        return None
    m, n = int(v[0]), int(v[1])
    if len(v) == 3 + 3 * n:
        far = float("inf")
        d = [[far] * m for _ in range(m)]
        for i in range(m):
            d[i][i] = 0
        for e in range(n):
            a, b, c = int(v[3 + 3 * e]) - 1, int(v[4 + 3 * e]) - 1, v[5 + 3 * e]
            d[a][b] = d[b][a] = c
        for k in range(m):
            row = d[k]
            for i in range(m):
                via = d[i][k]
                if via < far:
                    d[i] = [x if x <= via + y else via + y for x, y in zip(d[i], row)]
        return [0] * m, None, [1] * m, d
    if len(v) != 2 + 2 * m + n * (m + 1):
        return None
    # Both shapes have as many numbers; two to a line for each site tell them apart.
    lines = [line.split() for line in text.splitlines() if line.split()]
    if all(len(line) == 2 for line in lines[1:1 + min(m, 8)]):
        rows = [v[2 + 2 * m + i * (m + 1):][: m + 1] for i in range(n)]
        room = v[2:2 + 2 * m:2] if kind in ("capacitated", "single-source") else None
        return v[3:3 + 2 * m:2], room, [r[0] for r in rows], [r[1:] for r in rows]
    at = 2 + 2 * m + n
    room = v[2:2 + m] if kind in ("capacitated", "single-source") else None
    return v[2 + m:2 + 2 * m], room, v[2 + 2 * m:at], [v[at + i * m:at + (i + 1) * m] for i in range(n)]


def model(path, table, kind, p, capacity):
    """Writes the model as an LP file."""
    opening, room, demand, cost = table
    if capacity is not None:
        room = [capacity] * len(opening)
    m, n = len(opening), len(demand)
    with open(path, "w") as out:
        terms = [f"{opening[j]:.6f} y{j}" for j in range(m)]
        terms += [f"{cost[i][j]:.6f} x{i}_{j}" for i in range(n) for j in range(m) if cost[i][j] < float("inf")]
        out.write("Minimize\n obj: " + "\n + ".join(terms) + "\nSubject To\n")
        for i in range(n):
            out.write("\n + ".join(f"x{i}_{j}" for j in range(m) if cost[i][j] < float("inf")) + " = 1\n")
            for j in range(m):
                if cost[i][j] < float("inf"):
                    out.write(f"x{i}_{j} - y{j} <= 0\n")
        if room is not None:
            for j in range(m):
                out.write("\n + ".join(f"{demand[i]:.6f} x{i}_{j}" for i in range(n)) + f" - {room[j]:.6f} y{j} <= 0\n")
        if kind == "median":
            out.write("\n + ".join(f"y{j}" for j in range(m)) + f" = {p}\n")
        out.write("Binaries\n" + "\n".join(f"y{j}" for j in range(m)) + "\n")
        if kind == "single-source":
            out.write("\n".join(f"x{i}_{j}" for i in range(n) for j in range(m)) + "\n")
        out.write("End\n")


def highs(path, seconds):
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("threads", 2)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.readModel(path)
    begin = time.time()
    solver.run()
    took = time.time() - begin
    found = solver.getInfo()
    proved = solver.modelStatusToString(solver.getModelStatus()) == "Optimal"
    return took, found.objective_function_value, proved


def cbc(path, seconds):
    begin = time.time()
    try:
        # It looks at its own limit only between two relaxations.
        done = subprocess.run([CBC, path, "-sec", str(seconds), "-threads", "2", "-ratio", "0", "-solve", "-quit"],
                              capture_output=True, text=True, timeout=2 * seconds)
    except subprocess.TimeoutExpired:
        return time.time() - begin, None, False
    took = time.time() - begin
    value = [line.split()[-1] for line in done.stdout.splitlines() if line.startswith("Objective value:")]
    return took, float(value[0]) if value else None, "Optimal solution found" in done.stdout


def shown(result, seconds):
    if result is None:
        return "-"
    took, value, proved = result
    return f"{took:.2f} s" if proved else f">{seconds} s ({'none' if value is None else f'{value:.0f}'})"


def main():
    report, folder, seconds = json.load(open(sys.argv[1])), sys.argv[2], int(sys.argv[3])
    print(f"{'instance':32} {'value':>16} {'tradewind':>12} {'HiGHS':>20} {'CBC':>20}")
    for row in report["instances"]:
        table = read(os.path.join(folder, row["instance"]), row["kind"], row.get("p"))
        peers = [None, None]
        if table and row["kind"] in ("median", "uncapacitated", "capacitated", "single-source"):
            with tempfile.TemporaryDirectory() as scratch:
                path = os.path.join(scratch, "model.lp")
                model(path, table, row["kind"], row.get("p"), row.get("capacity"))
                if highspy:
                    peers[0] = highs(path, seconds)
                if CBC:
                    peers[1] = cbc(path, seconds)
        own = f"{row['seconds']:.3f} s" if row["proved"] else f">{row['seconds']:.1f} s"
        value = row.get("value", "-")
        print(f"{row['instance']:32} {value:>16} {own:>12} {shown(peers[0], seconds):>20} {shown(peers[1], seconds):>20}",
              flush=True)


main()
