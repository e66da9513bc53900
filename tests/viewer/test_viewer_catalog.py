"""Runs and their tags, kept from one question to the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.viewer.catalog import KINDS, CatalogBook


def write(folder: Path, run: str, *tags: str, step: int = 0) -> None:
    with SummaryWriter(str(folder / run)) as writer:
        for tag in tags:
            writer.add_scalar(tag, 1.0, step)


def test_the_compact_form_says_the_same(start: Callable[..., Any], tmp_path: Path) -> None:
    write(tmp_path, "a", "loss", "acc10", "acc9")
    write(tmp_path, "b", "loss", "acc10", "acc9")
    write(tmp_path, "c", "loss")
    with SummaryWriter(str(tmp_path / "c")) as writer:
        writer.add_text("note", "hello", 0)
        writer.add_hparams({"lr": 0.1}, {})
    viewer = start(tmp_path)
    viewer.ready()
    whole, compact = viewer.get("api/v1/runs").json(), viewer.get("api/v1/runs", compact=1).json()
    assert len(compact["sets"]) == 2
    assert [
        {"name": name, "color": color, "started": started, **compact["sets"][tags]}
        for name, color, started, tags in compact["runs"]
    ] == whole["runs"]
    assert (compact["tags"], compact["has"]) == (whole["tags"], whole["has"])
    assert whole["tags"]["scalars"][:3] == ["acc9", "acc10", "loss"]
    assert whole["has"] == {"hparams": True, "custom_scalars": False, "embeddings": False}
    assert viewer.get("api/v1/runs", compact="yes").status == 400
    assert viewer.get("api/v1/status").json()["catalog"] == compact["catalog"]


def test_the_number_stays_while_nothing_but_points_is_new(tmp_path: Path) -> None:
    book = CatalogBook()
    write(tmp_path, "a", "loss")
    with LogDir(tmp_path, index=False) as log:
        first = book.read(log)
        revision = log.revision
        write(tmp_path, "a", "loss", step=1)
        log.refresh()
        assert log.revision > revision
        assert book.read(log) is first
        write(tmp_path, "a", "acc", step=1)
        log.refresh()
        second = book.read(log)
        assert second.version > first.version
        assert second.tags["scalars"] == ["acc", "loss"]
        write(tmp_path, "b", "loss")
        log.refresh()
        third = book.read(log)
        assert third.version > second.version
        assert [name for name, _, _, _ in third.runs] == list(log.runs)
        for file in (tmp_path / "b").iterdir():
            file.unlink()
        log.refresh()
        assert [name for name, _, _, _ in book.read(log).runs] == list(log.runs) == ["a"]


def test_only_runs_that_changed_are_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        write(tmp_path, name, "loss")
    with LogDir(tmp_path, index=False) as log:
        book = CatalogBook()
        book.read(log)
        write(tmp_path, "b", "acc")
        log.refresh()
        looked: list[str] = []
        run = type(log.runs["a"])
        plain = run.scalars.fget
        monkeypatch.setattr(run, "scalars", property(lambda self: (looked.append(self.name), plain(self))[1]))
        book.read(log)
        assert looked == ["b"]


def test_an_empty_log_has_an_empty_catalog(tmp_path: Path) -> None:
    with LogDir(tmp_path, index=False) as log:
        catalog = CatalogBook().read(log)
    assert (catalog.runs, catalog.sets, set(catalog.tags)) == ([], [], set(KINDS))
