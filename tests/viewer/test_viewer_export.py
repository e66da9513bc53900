"""Scalars as files: what the viewer sends is what `cellboard export` writes."""

from __future__ import annotations

import csv
import http.client
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.viewer.routes.export import file_name

RUNS = ("plain", "=cmd|'/c calc'!A0", "with, comma & %")
TAGS = ("loss", "@sum", "big")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export") / "my ‘runs’; x"
    rng = np.random.default_rng(5)
    for number, run in enumerate(RUNS):
        with SummaryWriter(root / run.replace("/", "∕")) as writer:
            for step in range(20_000 if number == 0 else 50):
                writer.add_scalar("loss", rng.normal(), step)
            for step in range(30):
                writer.add_scalar("@sum", [1.5, np.nan, np.inf][step % 3], step)
            if number < 2:
                writer.add_scalar("big", 1.25e-9, 7)
    return root


def by_command(logdir: Path, *options: str) -> bytes:
    command = [sys.executable, "-m", "cellboard.cli", "export", str(logdir), *options]
    return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout


@pytest.mark.parametrize("format", ["csv", "json", "latex"])
def test_everything_is_what_the_command_writes(viewer: Any, logdir: Path, format: str) -> None:
    got = viewer.get("api/v1/export", format=format)
    assert got.status == 200
    assert got.body == by_command(logdir, "--format", format)
    assert got.headers["Content-Disposition"].startswith('attachment; filename="my-runs-x-scalars.')
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_parquet_has_every_point(viewer: Any, logdir: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(viewer.get("api/v1/export", format="parquet").body))
    with LogDir(logdir) as log:
        wanted = np.concatenate([series.value for run in log.runs.values() for series in run.scalars.values()])
    assert np.array_equal(table["value"].to_numpy(), wanted, equal_nan=True)


def test_chosen_runs_and_tags_by_name_and_by_position(viewer: Any) -> None:
    runs = viewer.get("api/v1/runs").json()
    names = [run["name"] for run in runs["runs"]]
    chosen = {"run": [names[0], names[2]], "tag": ["@sum"], "format": "json"}
    rows = viewer.get("api/v1/export", **chosen).json()
    assert {(row["run"], row["tag"]) for row in rows} == {(names[0], "@sum"), (names[2], "@sum")}
    assert len(rows) == 60
    assert [row["value"] for row in rows[:3]] == [1.5, "NaN", "Infinity"]
    tag = str(runs["tags"]["scalars"].index("@sum"))
    same = viewer.get("api/v1/export", run_index="0,2", tag_index=tag, names=runs["names"], format="json")
    assert same.json() == rows
    assert viewer.get("api/v1/export", run_index="", names=runs["names"], format="json").json() == []


def test_ten_thousand_names_fit_into_an_address_by_position(viewer: Any) -> None:
    names = viewer.get("api/v1/runs").json()["names"]
    assert viewer.get("api/v1/export", run_index="0-2", names=names, tag="big").body.count(b"\n") == 3
    for bad in ("3", "2-1", "0-3", "-1", "x", "0,", "1" * 12):
        got = viewer.get("api/v1/export", run_index=bad, names=names)
        assert (got.status, "run_index" in got.json()["error"]) == (400, True), bad
    for other in ("0123456789abcdef", ""):
        assert viewer.get("api/v1/export", run_index="0", names=other).status == 400
    assert viewer.get("api/v1/export", run_index="0").status == 400


def test_what_is_not_there_is_said_before_a_file_begins(viewer: Any) -> None:
    for query, status in (
        ({"run": "nobody"}, 404),
        ({"tag": "../../etc/passwd"}, 404),
        ({"format": "xls"}, 400),
        ({"format": "latex", "value": "points"}, 400),
        ({"format": "latex", "value": "best"}, 400),
    ):
        got = viewer.get("api/v1/export", **query)
        assert got.status == status, query
        assert "Content-Disposition" not in got.headers or got.headers["Content-Type"].startswith("application/json")
        assert got.json()["error"]
    assert viewer.get("api/v1/export", method="POST").status == 405
    head = viewer.get("api/v1/export", method="HEAD")
    assert (head.status, head.body) == (200, b"")


def test_cells_are_no_formulas(viewer: Any) -> None:
    rows = list(csv.reader(io.StringIO(viewer.get("api/v1/export").body.decode())))
    names = {cell for row in rows[1:] for cell in row[:2]}
    assert f"'{RUNS[1].replace('/', '∕')}" in names
    assert "'@sum" in names
    assert not [name for name in names if name[0] in "=+-@"]


def test_a_client_that_leaves_is_no_fault(viewer: Any) -> None:
    parts = urlsplit(viewer.address)
    for _ in range(3):
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        connection.request("GET", f"{parts.path}api/v1/export?format=json")
        connection.getresponse().read(100)
        connection.close()
    assert len(viewer.get("api/v1/export", format="json").json()) > 20_000
    assert viewer.get("api/v1/status").status == 200


def test_points_of_one_tag_in_latex(viewer: Any) -> None:
    table = viewer.get("api/v1/export", format="latex", value="points", tag="big").body.decode()
    assert table.splitlines()[-3:] == [
        r"7 & $1.25 \times 10^{-9}$ & $1.25 \times 10^{-9}$ \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


@pytest.mark.parametrize(
    ("logdir", "name"),
    [
        ("/a/my runs", "my-runs-scalars.csv"),
        ('/a/"x"\r\nSet-Cookie: y', "x-Set-Cookie-y-scalars.csv"),
        ("/", "cellboard-scalars.csv"),
        ("/a/..hidden/", "hidden-scalars.csv"),
        ("/a/" + "n" * 200, "n" * 60 + "-scalars.csv"),
    ],
)
def test_file_names_hold_nothing_odd(logdir: str, name: str) -> None:
    assert file_name(logdir, "csv") == name


def test_json_is_whole(viewer: Any) -> None:
    assert len(json.loads(viewer.get("api/v1/export", format="json", tag="loss").body)) == 20_100
