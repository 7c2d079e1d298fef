"""Runs every measurement, prints a table, writes build/bench.json; exits 1 on a missed goal.

A word on the command line chooses the measurements whose module has it in its name.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.rows import Row  # noqa: E402 (the checkout must be on the path first)

# Each module has a function `rows()` that measures and returns its rows.
MODULES = (
    "bench_start",
    "bench_store",
    "bench_keys",
    "bench_export",
    "bench_backup",
    "bench_ui",
    "bench_lock",
    "bench_check",
    "bench_evidence",
    "bench_intake",
    "bench_drop",
    "bench_evidence_page",
    "bench_chat",
    "bench_procedures",
)


def main(words: list[str]) -> int:
    """Measure what the words choose, or everything."""
    rows: list[Row] = []
    for name in MODULES:
        if words and not any(word in name for word in words):
            continue
        started = time.monotonic()
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"tests.benchmarks.{name}").rows()
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    _print_table(rows)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    lines = [row.as_json() for row in rows]
    target.write_text(json.dumps(lines, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if all(row.ok for row in rows) else 1


def _print_table(rows: list[Row]) -> None:
    width = max((len(row.name) for row in rows), default=0)
    print(f"\n{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
    print(f"{'':{width}}  {'ours':>10} {'reference':>10} {'ratio':>6} {'goal':>6}")
    for row in rows:
        reference = "" if row.reference is None else f"{row.reference:.3f} {row.unit}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        verdict = "ok" if row.ok else "MISSED"
        ours = f"{row.ours:.3f} {row.unit}"
        print(f"{row.name:{width}}  {ours:>10} {reference:>10} {ratio:>6} {row.goal:>6} {verdict}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
