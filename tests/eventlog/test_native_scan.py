"""The scan in C gives what the scan in Python gives, whatever it is given."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from cellboard.eventlog import scan_native, scan_python
from cellboard.eventlog.native import native_available
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(not native_available(), reason="the extension was not built")

hostile_logs = runpy.run_path(str(Path(__file__).parents[1] / "fuzz" / "hostile_logs.py"))
assert_equal = runpy.run_path(str(Path(__file__).parents[1] / "fuzz" / "same_scan.py"))["assert_equal"]


def check(data, plugins=None, offset=0, available=None):
    arguments = (data, offset, len(data) if available is None else available, plugins or {})
    assert_equal(scan_native.scan(*arguments), scan_python.scan(*arguments))


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**63), st.integers(0, 1000))
def test_hostile_logs(seed, more):
    random = hostile_logs["Draw"](seed)
    data = hostile_logs["a_log"](random)
    check(data, hostile_logs["plugins"](random), offset=seed % 10**6, available=len(data) + random.choice([0, more]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_anything_at_all(data):
    check(data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120))
def test_any_payload(events, payload):
    check(events.log(payload))


def test_every_length_of_a_log(events):
    random = hostile_logs["Draw"](5)
    data = events.log(*[hostile_logs["event"](random) for _ in range(12)])
    for size in range(len(data)):
        check(data[:size])
        check(data[:size], available=len(data))
