"""Fuzz the extension under AddressSanitizer and UndefinedBehaviorSanitizer.

    python tests/fuzz/sanitized_scan.py [--inputs N] [--seed N] [--compare EVERY]

Builds it with the sanitizers (by $CC, or cc) into a temporary folder, and runs itself there over the logs of
`hostile_logs`, each in memory of exactly its size. Some are also scanned in Python, and must come out the same.
It ends with 1, and a report of the sanitizer, at the first fault.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "eventlog" / "_native.c"
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g", "-O1"]
BUILT = "CELLBOARD_SANITIZED"


def build(folder: Path) -> Path:
    """Compile the extension with the sanitizers."""
    target = folder / "_native.so"
    include = f"-I{sysconfig.get_path('include')}"
    compiler = os.environ.get("CC", "cc")
    options = ["-std=c11", "-shared", "-fPIC", "-DPY_SSIZE_T_CLEAN", include, str(SOURCE), "-o", str(target)]
    subprocess.run([compiler, *SANITIZERS, *options], check=True)
    return target


def environment(built: Path) -> dict[str, str]:
    """Return what a Python needs that is to load `built`, and to have its own memory watched as well."""
    runtime = subprocess.run(
        [os.environ.get("CC", "cc"), "-print-file-name=libasan.so"], check=True, capture_output=True, text=True
    ).stdout.strip()
    return {
        **os.environ,
        BUILT: str(built),
        "LD_PRELOAD": runtime,
        "PYTHONMALLOC": "malloc",
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
    }


def load(built: str) -> None:
    """Put the sanitized extension in the place of the installed one."""
    spec = importlib.util.spec_from_file_location("cellboard.eventlog._native", built)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    import cellboard.eventlog

    sys.modules["cellboard.eventlog._native"] = cellboard.eventlog._native = module  # type: ignore[attr-defined]


def fuzz(inputs: int, seed: int, compare: int) -> None:
    """Scan `inputs` logs."""
    sys.path.insert(0, str(HERE))
    import hostile_logs
    import numpy as np
    from cellboard.eventlog import native, scan_native, scan_python
    from same_scan import assert_equal

    assert native.native_available()
    warnings.simplefilter("error")
    started, octets, events = time.monotonic(), 0, 0
    for number in range(seed, seed + inputs):
        random = hostile_logs.Draw(number)
        data = hostile_logs.a_log(random, most=random.choice([3, 10, 30]))
        arguments = (random.randrange(1000), len(data) + random.choice([0, 0, 40, 4000]), hostile_logs.plugins(random))
        exact = memoryview(np.frombuffer(data, np.uint8).copy())
        try:
            found = scan_native.scan(exact, *arguments)
            if compare and number % compare == 0:
                assert_equal(found, scan_python.scan(data, *arguments))
        except BaseException:
            print(f"at seed {number}", file=sys.stderr)
            raise
        octets, events = octets + len(data), events + found.events
    took = time.monotonic() - started
    print(f"{inputs} logs from seed {seed} on, {octets} bytes, {events} events: no fault in {took:.0f} s")


def main() -> None:
    """Build and start the run, or be it."""
    parser = argparse.ArgumentParser(description="Fuzz the extension under sanitizers.")
    parser.add_argument("--inputs", type=int, default=20_000, help="how many logs to scan")
    parser.add_argument("--seed", type=int, default=0, help="number of the first one")
    parser.add_argument("--compare", type=int, default=20, help="compare every n-th with the scan in Python; 0: none")
    options = parser.parse_args()
    if BUILT in os.environ:
        load(os.environ[BUILT])
        fuzz(options.inputs, options.seed, options.compare)
        return
    with tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder))
        command = [sys.executable, __file__, *sys.argv[1:]]
        sys.exit(subprocess.run(command, env=environment(built), check=False).returncode)


if __name__ == "__main__":
    main()
