"""Sounds as the HTTP API gives them; hostile bytes are files, nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog.messages import Event, Summary
from cellboard.eventlog.records import frame
from cellboard.eventlog.summaries.tensor import encode_strings
from cellboard.viewer.access import Access

RATE = 8000
HTML = b"<script>alert(1)</script>"


def write_clips(folder: Path, steps: list[list[tuple[bytes, bytes]]]) -> None:
    """As TensorFlow 2 writes audio: strings [k, 2] of sound and label."""
    records = []
    for step, clips in enumerate(steps):
        strings = [part for clip in clips for part in clip]
        value = Summary.Value(tag="clips", tensor=encode_strings(strings, (len(clips), 2)))
        value.metadata.plugin_data.plugin_name = "audio"
        records.append(frame(Event(wall_time=1e9, step=step, summary=Summary(value=[value])).SerializeToString()))
    folder.mkdir()
    (folder / "events.out.tfevents.1.host").write_bytes(b"".join(records))


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("media")
    tone = np.sin(np.arange(RATE // 2) / 20).astype(np.float32)
    with SummaryWriter(root / "run") as writer:
        for step in (0, 5):
            writer.add_audio("tone", tone * (1 + step) / 10, step, sample_rate=RATE)
        writer.add_audio("wide", np.stack([tone, -tone], axis=1), 0, sample_rate=RATE)
    sound = b"fLaC" + bytes(20)
    write_clips(root / "tf", [[(sound, b"**loud** <b>"), (HTML, b"")], [(b"RIFF\0\0\0\0WAVE", b"empty")]])
    return root


class TestAudio:
    def test_clips_are_told_by_their_own_bytes(self, viewer: Any) -> None:
        said = viewer.get("api/v1/audio_clips", run="run", tag="tone", index=-1).json()
        assert (said["step"], said["count"]) == (5, 1)
        assert said["clips"] == [
            {
                "label": "",
                "content_type": "audio/wav",
                "bytes": 44 + RATE,
                "sample_rate": float(RATE),
                "channels": 1,
                "duration": 0.5,
            }
        ]
        assert viewer.get("api/v1/audio_clips", run="run", tag="wide", index=0).json()["clips"][0]["channels"] == 2

    def test_a_clip_is_what_was_logged(self, viewer: Any, logdir: Path) -> None:
        with LogDir(logdir) as log:
            wanted = log.runs["run"].audio["tone"][0].encoded
        got = viewer.get("api/v1/audio", run="run", tag="tone", index=0)
        assert (got.body, got.headers["Content-Type"]) == (wanted, "audio/wav")
        again = viewer.get(
            "api/v1/audio", run="run", tag="tone", index=0, headers={"If-None-Match": got.headers["Etag"]}
        )
        assert (again.status, again.body) == (304, b"")

    def test_several_clips_with_labels(self, viewer: Any) -> None:
        said = viewer.get("api/v1/audio_clips", run="tf", tag="clips", index=0).json()
        assert [clip["label"] for clip in said["clips"]] == ["**loud** <b>", ""]
        assert [clip["content_type"] for clip in said["clips"]] == ["audio/flac", "application/octet-stream"]
        assert (said["clips"][0]["sample_rate"], said["clips"][0]["duration"]) == ("NaN", None)

    def test_what_is_no_sound_is_a_file_and_never_more(self, viewer: Any) -> None:
        got = viewer.get("api/v1/audio", run="tf", tag="clips", index=0, item=1)
        assert (got.status, got.body) == (200, HTML)
        assert got.headers["Content-Type"] == "application/octet-stream"
        assert got.headers["Content-Disposition"] == 'attachment; filename="audio.bin"'
        for item in (0, 1):
            headers = viewer.get("api/v1/audio", run="tf", tag="clips", index=0, item=item).headers
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in headers["Content-Security-Policy"]

    def test_a_header_without_sound_has_no_length(self, viewer: Any) -> None:
        clip = viewer.get("api/v1/audio_clips", run="tf", tag="clips", index=1).json()["clips"][0]
        assert (clip["content_type"], clip["duration"], clip["channels"]) == ("audio/wav", None, None)

    def test_what_is_not_there_is_said(self, viewer: Any) -> None:
        for path in ("audio", "audio_clips"):
            for query in (
                {"run": "run", "tag": "tone", "index": 2},
                {"run": "run", "tag": "../tone", "index": 0},
                {"run": "../run", "tag": "tone", "index": 0},
            ):
                assert viewer.get(f"api/v1/{path}", **query).status == 404
            assert viewer.get(f"api/v1/{path}", run="run", tag="tone").status == 400
        assert viewer.get("api/v1/audio", run="run", tag="tone", index=0, item=1).status == 404
        assert viewer.get("api/v1/audio", run="run", tag="tone", index=0, item=-1).status == 400

    def test_the_page_may_play_what_it_has_read_and_nothing_from_elsewhere(self) -> None:
        policy = dict(part.split(" ", 1) for part in Access("T").page_policy("N").split("; "))
        assert policy["media-src"] == "'self' blob:"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("texts")
    for run in ("a", "b"):
        with SummaryWriter(root / run) as writer:
            for step in range(40):
                writer.add_text("note", f"step {step} of {run}: Loss (a+)+$ <b>{'x' * 100}</b> loss", step)
            writer.add_text("other", "nothing", 7)
    return root


class TestTextSearch:
    @pytest.fixture
    def search(self, start: Any, texts: Path) -> Any:
        viewer = start(texts)
        viewer.ready()
        return lambda **query: viewer.get("api/v1/text_search", **query)

    def test_every_step_of_every_run_is_searched(self, search: Any) -> None:
        said = search(q="LOSS").json()
        assert (said["searched"], said["total"], said["next"]) == (82, 82, None)
        found = [(match["run"], match["step"]) for match in said["matches"]]
        assert found == [(run, step) for run in "ab" for step in range(39, -1, -1)]
        first = said["matches"][0]
        assert (first["before"], first["match"], first["count"]) == ("step 39 of a: ", "Loss", 2)
        assert first["after"] == " (a+)+$ <b>" + "x" * 49 + "…"
        assert first["tag"].startswith("note")

    def test_the_words_are_taken_as_they_are(self, search: Any) -> None:
        assert len(search(q="(a+)+$").json()["matches"]) == 80
        assert search(q=".*").json()["matches"] == []
        assert search(q="[").json()["matches"] == []
        assert search(q="").json()["matches"] == []
        assert search().status == 400

    def test_runs_and_tags_are_chosen(self, search: Any) -> None:
        said = search(q="step 3", run=["b"]).json()
        assert {match["run"] for match in said["matches"]} == {"b"}
        assert [match["step"] for match in said["matches"]] == [*range(39, 29, -1), 3]
        tag = search(q="nothing").json()["matches"][0]["tag"]
        assert search(q="nothing", tag=[tag]).json()["total"] == 2
        assert search(q="nothing", run=["../a"]).json()["total"] == 0

    def test_it_goes_on_where_it_ended(self, search: Any) -> None:
        steps, skip = [], 0
        while skip is not None:
            said = search(q="Loss", limit=7, skip=skip, run=["a"]).json()
            assert len(said["matches"]) <= 7
            steps += [match["step"] for match in said["matches"]]
            skip = said["next"]
        assert steps == list(range(39, -1, -1))

    def test_time_is_bounded(self, search: Any, monkeypatch: pytest.MonkeyPatch, texts: Path) -> None:
        from cellboard.viewer.routes import text_search
        from cellboard.viewer.routes.query import Query

        monkeypatch.setattr(text_search, "_PATIENCE", -1.0)
        with LogDir(texts) as log:
            answer = text_search.TextSearch.read(None, log, Query({"q": [b"loss"]}))  # type: ignore[arg-type]
        assert b'"searched":0' in answer.body
        assert b'"next":0' in answer.body

    def test_a_text_that_is_gone_meanwhile_is_passed_over(self, texts: Path) -> None:
        from cellboard.viewer.routes.text_search import _look

        with LogDir(texts) as log:
            series = next(iter(log.runs["a"].texts.values()))
            assert _look(series, 0, re.compile("loss", re.IGNORECASE)) is not None
            assert _look(series, len(series), re.compile("")) is None
