"""The viewer's page of sounds in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cellboard import LogDir, SummaryWriter
from cellboard.eventlog import wav
from cellboard.eventlog.messages import Event, Summary
from cellboard.eventlog.records import frame
from cellboard.eventlog.summaries.tensor import encode_strings

RATE = 8000
SECONDS = 3
STEPS = {"ours": range(0, 100, 10), "wide": range(0, 100, 15), "torch": range(0, 100, 10)}
EVIL = "<img src=x onerror=alert(1)> **label**"


def tone(step: int) -> np.ndarray[Any, Any]:
    """Silent in its first half, then as loud as the step is far."""
    at = np.arange(SECONDS * RATE) / RATE
    return (np.sin(at * 1500) * (at > SECONDS / 2) * (0.2 + step / 200)).astype(np.float32)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tag by the writers of torch and cellboard, once in stereo; clips with labels as of TensorFlow 2.

    tensorboardX's writer needs soundfile to log a sound.
    """
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    folder = tmp_path_factory.mktemp("audio") / "log"
    for run, make in {"ours": SummaryWriter, "wide": SummaryWriter, "torch": TorchWriter}.items():
        with make(str(folder / run)) as writer:
            for step in STEPS[run]:
                sound = {"ours": tone(step), "wide": np.stack([tone(step)] * 2, axis=1), "torch": tone(step)[None]}
                writer.add_audio("tone", sound[run], step, sample_rate=RATE)
    with LogDir(folder) as log:
        encoded = log.runs["ours"].audio["tone"][0].encoded
    clips = [encoded, EVIL.encode(), encoded, b"second", b"<script>alert(1)</script>", b"no sound"]
    value = Summary.Value(tag="clips", tensor=encode_strings(clips, (3, 2)))
    value.metadata.plugin_data.plugin_name = "audio"
    (folder / "tf").mkdir()
    event = Event(wall_time=1e9, step=3, summary=Summary(value=[value]))
    (folder / "tf" / "events.out.tfevents.1.host").write_bytes(frame(event.SerializeToString()))
    return folder


def cards(board: Any) -> dict[str, str]:
    """The step whose clips each card has, once they are read and drawn."""
    found: dict[str, str] = board.wait(
        lambda: board.page.evaluate(
            """() => {
              const cards = [...document.querySelectorAll('[data-testid=audio-card]')];
              const isThere = (card) => card.querySelector('[data-loaded] [data-testid=wave][data-drawn]');
              // The filter of tags is at work a moment after the page is there.
              if (new Set(cards.map((card) => card.dataset.tag)).size !== 1 || !cards.every(isThere)) return null;
              return Object.fromEntries(cards.map((c) => [c.dataset.run, c.querySelector('.clips').dataset.step]));
            }"""
        )
    )
    return found


def clips(board: Any) -> list[dict[str, Any]]:
    """Of every clip on the page: whether it plays, and where it is."""
    found: list[dict[str, Any]] = board.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=clip]')].map((clip) => ({
          playing: 'playing' in clip.dataset, time: Number(clip.dataset.time), duration: Number(clip.dataset.duration),
        }))"""
    )
    return found


def test_sounds_of_every_writer_are_there_with_length_and_rate(viewer: Any) -> None:
    board = viewer("#audio&tags=^tone$")
    board.wait(lambda: cards(board), lambda steps: steps == {"ours": "90", "wide": "90", "torch": "90"})
    assert [clip["duration"] for clip in clips(board)] == [SECONDS] * 3
    facts = "3 s · 8\u2009000 Hz"
    assert board.get("clip-facts").all_text_contents() == [facts, f"{facts} · stereo", facts]
    assert set(board.get("clip-time").all_text_contents()) == {"0:00.0 / 0:03.0"}


def test_one_sound_plays_at_a_time(viewer: Any) -> None:
    board = viewer("#audio&tags=^tone$&audio-volume=0")
    board.wait(lambda: cards(board), lambda steps: set(steps) == set(STEPS))
    buttons = board.get("clip-play")
    buttons.nth(0).click()
    board.wait(lambda: clips(board), lambda all_: all_[0]["playing"] and all_[0]["time"] > 0.1)
    buttons.nth(2).click()
    now = board.wait(lambda: clips(board), lambda all_: all_[2]["playing"] and all_[2]["time"] > 0.1)
    assert [clip["playing"] for clip in now] == [False, False, True]
    buttons.nth(2).click()
    board.wait(lambda: clips(board), lambda all_: not any(clip["playing"] for clip in all_))
    # To its end, and then anew from there.
    board.get("wave").nth(2).press("End")
    board.wait(lambda: clips(board), lambda all_: all_[2]["time"] == SECONDS)


def test_the_waveform_is_the_sound_and_seeks(viewer: Any) -> None:
    board = viewer("#audio&tags=^tone$&runs=ours")
    board.wait(lambda: cards(board), lambda steps: set(steps) == {"ours"})
    wave = board.get("wave")
    heights = wave.locator("canvas").evaluate(
        """(canvas) => {
          const { width, height } = canvas;
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
          return [...Array(width).keys()].map((x) => {
            let rows = 0;
            for (let y = 0; y < height; y++) rows += data[(y * width + x) * 4 + 3] > 100;
            return rows;
          });
        }"""
    )
    half = len(heights) // 2
    assert max(heights[: half - 4]) <= 2
    assert max(heights[half + 4 :]) > 20
    box = wave.bounding_box()
    board.page.mouse.click(box["x"] + box["width"] / 3, box["y"] + 10)
    board.wait(lambda: clips(board)[0]["time"], lambda time: time == pytest.approx(SECONDS / 3, abs=0.05))
    wave.press("ArrowRight")
    board.wait(lambda: clips(board)[0]["time"], lambda time: time == pytest.approx(SECONDS / 3 + 0.15, abs=0.05))
    wave.press("Home")
    board.wait(lambda: clips(board)[0]["time"], lambda time: time == 0)
    wave.press(" ")
    board.wait(lambda: clips(board)[0]["playing"])


def test_steps_by_slider_number_and_linked(viewer: Any) -> None:
    board = viewer("#audio&tags=^tone$")
    board.wait(lambda: cards(board), lambda steps: set(steps) == set(STEPS))
    card = board.page.locator("[data-testid=audio-card][data-run=ours]")
    card.get_by_test_id("step-slider").press("ArrowLeft")
    board.wait(lambda: cards(board), lambda steps: steps == {"ours": "80", "wide": "90", "torch": "90"})
    card.get_by_test_id("step-number").fill("31")
    board.page.keyboard.press("Enter")
    board.wait(lambda: cards(board), lambda steps: steps["ours"] == "30")
    board.get("link-steps").check()
    board.get("linked-steps").get_by_test_id("step-number").fill("20")
    board.page.keyboard.press("Enter")
    board.wait(lambda: cards(board), lambda steps: steps == {"ours": "20", "wide": "15", "torch": "20"})
    assert board.get("step-wanted").all_text_contents() == ["for 20"]


def test_several_clips_labels_and_what_is_no_sound(viewer: Any, logdir: Path) -> None:
    board = viewer("#audio&tags=^clips$&runs=tf")
    board.wait(lambda: cards(board), lambda steps: steps == {"tf": "3"})
    assert board.get("clip-label").all_text_contents() == [EVIL, "second", "no sound"]
    assert board.page.locator(".clip-label img, .clip-label strong").count() == 0
    assert board.get("clip-problem").all_text_contents() == ["These bytes are no sound that is known here"]
    with board.page.expect_download() as download:
        board.get("clip-download").nth(1).click()
    with LogDir(logdir) as log:
        assert Path(download.value.path()).read_bytes() == log.runs["tf"].audio["clips"][0].all_encoded[1]
    assert download.value.suggested_filename == "clips_tf_step-3_2.wav"
    assert wav.read_header(Path(download.value.path()).read_bytes()) is not None
