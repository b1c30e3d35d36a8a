"""Fail where a room's branch coverage is below what was asked: `covered.py PERCENT ROOM,ROOM…`."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    least, rooms = float(sys.argv[1]), sys.argv[2].split(",")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(report)]
        subprocess.run(command, check=True)
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    low = 0
    for room in rooms:
        place = f"blueprint/{room}/"
        mine = [f["summary"] for name, f in files.items() if place in Path(name).as_posix()]
        branches = sum(f["num_branches"] for f in mine)
        share = 100 * sum(f["covered_branches"] for f in mine) / branches if branches else 100.0
        low += share < least
        verdict = "" if share >= least else f"  < {least:g} %"
        print(f"{room:<10} {share:5.1f} % of {branches} branches{verdict}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
