"""Names with what is no character, as those of files may have: logged with a question mark, by every method."""

from __future__ import annotations

import numpy as np
import pytest
from cellboard.eventlog import LogDir, SummaryWriter

ODD = "a\udcffb"

CALLS = {
    "scalar": lambda writer: writer.add_scalar(ODD, 1.0),
    "scalar_described": lambda writer: writer.add_scalar("s", 1.0, display_name=ODD, summary_description=ODD),
    "scalars": lambda writer: writer.add_scalars(ODD, {ODD: 1.0}),
    "text": lambda writer: writer.add_text(ODD, ODD),
    "histogram": lambda writer: writer.add_histogram(ODD, [1.0]),
    "image": lambda writer: writer.add_image(ODD, np.zeros((3, 2, 2))),
    "audio": lambda writer: writer.add_audio(ODD, np.zeros(9)),
    "tensor": lambda writer: writer.add_tensor(ODD, np.zeros(3)),
    "mesh": lambda writer: writer.add_mesh(ODD, np.zeros((1, 2, 3)), config_dict={"c": ODD}),
    "pr_curve": lambda writer: writer.add_pr_curve(ODD, [0, 1], [0.1, 0.9]),
    "hparams": lambda writer: writer.add_hparams({ODD: ODD, "b": ODD}, {ODD: 1.0}, {"b": [ODD]}),
    "custom_scalars": lambda writer: writer.add_custom_scalars({ODD: {ODD: ["Multiline", [ODD]]}}),
    "embedding": lambda writer: writer.add_embedding(np.zeros((2, 2)), metadata=[ODD, "b"], tag=ODD),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_it_is_logged(tmp_path, call):
    with SummaryWriter(tmp_path) as writer:
        call(writer)
    with LogDir(tmp_path) as log:
        assert log.problems == []
        said = repr([(run.kinds, run.scalars, run.texts, run.hparams, run.embeddings) for run in log.runs.values()])
        kinds = {kind for run in log.runs.values() for kind in run.kinds} | set(log.embeddings)
        assert kinds
        assert "\\udcff" not in said


def test_how_it_reads(tmp_path):
    with SummaryWriter(tmp_path) as writer:
        CALLS["hparams"](writer)
        CALLS["text"](writer)
        CALLS["scalar"](writer)
        CALLS["custom_scalars"](writer)
    run = LogDir(tmp_path).runs["."]
    assert run.hparams.values == {"a?b": "a?b", "b": "a?b"}
    assert run.texts["a?b/text_summary"][0].text == "a?b"
    assert len(run.scalars["a?b"]) == 2
    assert run.custom_scalars.categories[0].charts[0].tags == ("a?b",)
