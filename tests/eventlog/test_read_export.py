"""All scalars as one table: in pandas, CSV, JSON and Parquet, each point as it was logged."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys

import numpy as np
import pandas as pd
import pytest
from cellboard.eventlog import BadValueError, LogDir, MissingPackageError
from cellboard.eventlog.export import write_table
from cellboard.eventlog.scalar_table import scalar_rows
from hypothesis import given, settings
from hypothesis import strategies as st

VALUES = [0.1, 1 / 3, -0.0, 1e300, 5e-324, math.nan, math.inf, -math.inf, -5.0]


@pytest.fixture
def log(tmp_path, events):
    """Two runs; values of full precision, as tensors of float64."""

    def payloads(tags):
        for tag in tags:
            for at, number in enumerate(VALUES):
                value = events.tensor_value(tag, np.array(number), "scalars")
                yield events.of_value(value, (-1) ** at * 2**60 + at, 1.6e9 + at / 7)

    for at, (run, tags) in enumerate({"b/eval": ["loss", "acc"], "a": ["loss"]}.items()):
        (tmp_path / run).mkdir(parents=True)
        (tmp_path / run / "tfevents").write_bytes(events.log(events.version(at + 1.0), *payloads(tags)))
    return LogDir(tmp_path)


def table(log, format, **chosen):
    out = io.BytesIO()
    count = write_table(scalar_rows(log, **chosen, at_once=4), out, format)
    return out.getvalue(), count


def as_rows(log):
    """Every point, straight from the series; NaN as text, which equals itself."""
    return [
        (run.name, tag, step, time, repr(value))
        for run in log.runs.values()
        for tag, series in run.scalars.items()
        for step, time, value in zip(
            series.step.tolist(), series.wall_time.tolist(), series.value.tolist(), strict=True
        )
    ]


def test_a_frame_has_every_point_and_its_types(log):
    frame = log.scalars_frame()
    assert list(frame.columns) == ["run", "tag", "step", "wall_time", "value"]
    assert [frame[name].dtype for name in ("step", "wall_time", "value")] == [np.int64, np.float64, np.float64]
    rows = [(*row[:4], repr(row[4])) for row in frame.itertuples(index=False, name=None)]
    assert rows == as_rows(log)
    assert len(frame) == 27
    assert frame[frame.run == "a"].value.max() == math.inf


def test_a_frame_of_what_is_chosen(log, tmp_path):
    def names(**chosen):
        frame = log.scalars_frame(**chosen)
        return list(dict.fromkeys(zip(frame.run, frame.tag, strict=True)))

    assert names(tags="^lo") == [("b/eval", "loss"), ("a", "loss")]
    assert names(tags=["acc"], runs=re.compile("eval")) == [("b/eval", "acc")]
    assert names(runs=["b"]) == []
    with pytest.raises(BadValueError, match="tags: '\\(' is no regular"):
        log.scalars_frame(tags="(")
    empty = LogDir(tmp_path / "nowhere").scalars_frame()
    assert (len(empty), empty.step.dtype, empty.value.dtype) == (0, np.int64, np.float64)


def test_a_frame_without_pandas_says_what_to_install(log, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'cellboard\[export\]'") as raised:
        log.scalars_frame()
    assert isinstance(raised.value, ImportError)


def test_csv_reads_back_as_it_was(log):
    octets, count = table(log, "csv")
    lines = list(csv.reader(io.StringIO(octets.decode())))
    assert lines[0] == ["run", "tag", "step", "wall_time", "value"]
    rows = [(run, tag, int(step), float(time), repr(float(value))) for run, tag, step, time, value in lines[1:]]
    assert rows == as_rows(log)
    assert count == len(rows)
    pd.testing.assert_frame_equal(pd.read_csv(io.BytesIO(octets)), log.scalars_frame())


def test_json_reads_back_as_it_was(log):
    octets, count = table(log, "json")
    points = json.loads(octets, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    rows = [(p["run"], p["tag"], p["step"], float(p["wall_time"]), repr(float(p["value"]))) for p in points]
    assert rows == as_rows(log)
    assert count == len(octets.splitlines()) - 2
    assert {point["value"] for point in points if isinstance(point["value"], str)} == {"NaN", "Infinity", "-Infinity"}


def test_parquet_reads_back_as_it_was(log):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    octets, count = table(log, "parquet")
    import pyarrow.parquet as pq

    read = pq.read_table(io.BytesIO(octets))
    assert [str(field.type) for field in read.schema] == ["string", "string", "int64", "double", "double"]
    columns = [read.column(name).to_pylist() for name in read.column_names]
    assert [(*row[:4], repr(row[4])) for row in zip(*columns, strict=True)] == as_rows(log)
    assert count == read.num_rows == 27


def test_parquet_without_pyarrow_says_what_to_install(log, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r"pyarrow.*cellboard\[export\]"):
        table(log, "parquet")


@pytest.mark.parametrize(("format", "wanted"), [("csv", b"run,tag,step,wall_time,value\n"), ("json", b"[]\n")])
def test_nothing_is_an_empty_table(tmp_path, format, wanted):
    assert table(LogDir(tmp_path), format) == (wanted, 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(max_size=8) | st.sampled_from(["=1+1", "+x", "-x", "@x", "'x", "\tx", 'a"b,c\nd', "＝1"]), min_size=1
    )
)
def test_names_are_safe_in_a_spreadsheet_and_come_back(tmp_path_factory, events, tags):
    folder = tmp_path_factory.mktemp("log")
    tags = [tag.encode("utf-8", "replace").decode() for tag in tags]
    (folder / "tfevents").write_bytes(events.log(*[events.scalar(tag, -1.0, -2) for tag in tags]))
    log = LogDir(folder)
    rows = list(csv.reader(io.StringIO(table(log, "csv")[0].decode(), newline="")))[1:]
    assert all(not row[1].startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows)
    assert [row[1].removeprefix("'") for row in rows] == [row[1] for row in as_rows(log)]
    assert {row[2] for row in rows} == {"-2"}
    assert {row[4] for row in rows} == {"-1.0"}
    assert [point["tag"] for point in json.loads(table(log, "json")[0])] == [row[1] for row in as_rows(log)]
