"""The examples of reading in the documents do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog.messages import Event, Summary
from cellboard.eventlog.plugin_messages import HParamsPluginData

PAGE = Path(__file__).parents[2] / "docs" / "python-api.md"


@pytest.fixture
def runs(tmp_path, events):
    """A run that has one of everything that the examples look up."""
    start = HParamsPluginData()
    start.session_start_info.hparams["lr"].number_value = 0.1
    hparams = Summary.Value(tag="_hparams_/session_start_info")
    hparams.metadata.plugin_data.plugin_name = "hparams"
    hparams.metadata.plugin_data.content = start.SerializeToString()
    wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x04\0\0\0\0\0\xff\x7f"
    histogram = Summary.Value(tag="w")
    histogram.histo.bucket_limit.extend([1.0, 2.0])
    histogram.histo.bucket.extend([1.0, 2.0])
    values = [
        Summary.Value(tag="train/loss", simple_value=0.5),
        Summary.Value(tag="samples", image=Summary.Image(encoded_image_string=b"\x89PNG\r\n\x1a\n")),
        histogram,
        events.tensor_value("note", [b"hello"], "text"),
        Summary.Value(tag="sound", audio=Summary.Audio(encoded_audio_string=wav)),
        events.tensor_value("pr", np.ones((6, 3), "f4"), "pr_curves"),
        events.tensor_value("t", np.ones(2), "tensor"),
        events.tensor_value("my mesh_VERTEX", np.ones((1, 4, 3), "f4"), "mesh"),
        hparams,
    ]
    folder = tmp_path / "runs" / "exp1"
    folder.mkdir(parents=True)
    graph = Event(graph_def=b"").SerializeToString()
    (folder / "events.out.tfevents.1").write_bytes(events.log(events.version(), graph, *map(events.of_value, values)))
    (folder / "projector_config.pbtxt").write_text('embeddings { tensor_name: "default:00000" tensor_path: "t.tsv" }')
    (folder / "t.tsv").write_text("1\t2\n")
    return tmp_path


def test_every_line_about_reading_runs(runs, monkeypatch):
    pytest.importorskip("pandas", reason="pandas is not installed")
    monkeypatch.chdir(runs)
    section = PAGE.read_text(encoding="utf-8").split("## Reading")[1].split("Helpers that every view shares")[0]
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    assert isinstance(names["log"], LogDir)
    assert names["e"].points().tolist() == [[1.0, 2.0]]
    assert names["h"].values == {"lr": 0.1}
