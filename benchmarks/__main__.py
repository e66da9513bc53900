"""``python -m benchmarks [LINE ...] [--json FILE]``: measure, print a line each."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import charting, graphing, projecting, reading, stepping, training, viewing, writing
from .measure import as_json, machine

LINES = {
    **writing.LINES,
    **reading.LINES,
    **viewing.LINES,
    **stepping.LINES,
    **charting.LINES,
    **graphing.LINES,
    **training.LINES,
    **projecting.LINES,
}


def main() -> None:
    """Measure the lines that were asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="cellboard beside its peers.")
    parser.add_argument("line", nargs="*", choices=[*LINES, []], help=f"which lines (default: all): {', '.join(LINES)}")
    parser.add_argument("--json", type=Path, help="also keep every round in this file")
    options = parser.parse_args()
    print(machine(), flush=True)
    lines = []
    for name in options.line or LINES:
        line = LINES[name]()
        print(line.text(), flush=True)
        lines.append(line)
    if options.json:
        options.json.write_text(as_json(lines) + "\n")


if __name__ == "__main__":
    main()
