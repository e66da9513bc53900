"""Embeddings: files beside the log, as writers leave them and as somebody hostile might."""

from __future__ import annotations

import os

import numpy as np
import pytest
from cellboard.eventlog import LogDir, SummaryError, embeddings

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:torch"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboardX"),
]


@pytest.fixture
def configured(tmp_path, events):
    """Return a function: the embeddings of a run with this configuration and these files."""

    def write(config, **files):
        folder = tmp_path / "logs" / "run"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tfevents").write_bytes(events.log(events.version()))
        (folder / "projector_config.pbtxt").write_bytes(config.encode() if isinstance(config, str) else config)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return LogDir(tmp_path / "logs").runs["run"].embeddings

    return write


@pytest.mark.parametrize("library", ["torch", "tensorboardX"])
def test_what_add_embedding_writes(tmp_path, library):
    import torch

    if library == "torch":
        from torch.utils.tensorboard import SummaryWriter
    else:
        from tensorboardX import SummaryWriter
    points = torch.arange(12, dtype=torch.float32).reshape(4, 3) / 7
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_embedding(points, global_step=5)
        writer.add_embedding(
            points * 2,
            metadata=[["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"]],
            metadata_header=["name", "number"],
            label_img=torch.rand(4, 3, 8, 8),
            tag="with/labels",
            global_step=6,
        )
    embeddings = LogDir(tmp_path).runs["."].embeddings
    plain, labelled = embeddings.values()
    assert [name.split(":")[0] for name in embeddings] == ["default", "with/labels"]
    np.testing.assert_allclose(plain.points(), points.numpy(), rtol=1e-6)
    assert (plain.labels(), plain.sprite(), plain.sprite_size) == (None, None, (0, 0))
    assert labelled.points(2).shape == (2, 3)
    assert labelled.points().dtype == np.float32
    labels = labelled.labels()
    assert (labels.names, labels.rows[-1], len(labels.rows)) == (("name", "number"), ("d", "4"), 4)
    assert labelled.labels(2).rows == [("a", "1"), ("b", "2")]
    assert labelled.sprite().startswith(b"\x89PNG")
    assert labelled.sprite_size == (8, 8)
    assert list(LogDir(tmp_path).embeddings) == list(embeddings)


def test_no_configuration_is_no_embeddings(tmp_path):
    assert LogDir(tmp_path / "nowhere").embeddings == {}
    (tmp_path / "plugins").write_text("a file where a directory might be")
    assert LogDir(tmp_path).embeddings == {}


def test_the_place_that_plugins_have(tmp_path, events):
    place = tmp_path / "plugins" / "org_tensorflow_tensorboard_projector"
    place.mkdir(parents=True)
    (place / "projector_config.pbtxt").write_text('embeddings { tensor_name: "w:0" tensor_path: "w.tsv" }')
    (place / "w.tsv").write_text("1\t2\n")
    [(name, embedding)] = LogDir(tmp_path).embeddings.items()
    assert (name, embedding.points().tolist()) == ("w", [[1.0, 2.0]])


def test_points_that_are_raw_numbers(configured):
    config = 'embeddings { tensor_name: "w" tensor_path: "w.bytes" tensor_shape: 3 tensor_shape: 2 unknown { x: 1 } }'
    for values in (np.arange(6, dtype="<f4"), np.zeros(6, "<f4")):
        embedding = configured(config, **{"w.bytes": values.tobytes()})["w"]
        assert embedding.points().tolist() == values.reshape(3, 2).tolist()
        assert embedding.points(1).shape == (1, 2)
    embedding = configured(config.replace("shape: 3", "shape: 4000000000"), **{"w.bytes": b"\xff" * 24})["w"]
    with pytest.raises(SummaryError, match="too few"):
        embedding.points(None)
    assert configured(config.replace("tensor_shape: 2", ""), **{"w.bytes": b"\xff"})["w"].tensor_shape == (3,)


def test_a_sample_is_even(configured):
    raw = 'embeddings { tensor_name: "w" tensor_path: "w.tsv" tensor_shape: 1000 tensor_shape: 2 }'
    values = np.arange(2000, dtype="<f4").reshape(1000, 2)
    text = "".join(f"{a}\t{b}\n\n" for a, b in values.tolist()).encode()
    for content in (values.tobytes(), text):
        embedding = configured(raw, **{"w.tsv": content})["w"]
        for sample in (embedding.sample(5), embedding.sample(numbers=11)):
            assert (sample.rows.tolist(), sample.total) == ([0, 250, 500, 749, 999], 1000)
            assert sample.values.tolist() == values[sample.rows].tolist()
        whole = embedding.sample()
        assert (whole.rows, whole.values.tolist()) == (None, values.tolist())
        assert embedding.measure() == (1000, 2)
        with pytest.raises(SummaryError, match="dimensions"):
            embedding.sample(numbers=1)
    assert embedding.measure(10) is None


def test_labels_of_some_points(configured):
    config = 'embeddings { tensor_name: "w" metadata_path: "m.tsv" }'
    lines = [f"name {at}\t{at}" for at in range(10)]
    rows = np.array([2, 9])
    picked = [("name 2", "2"), ("name 9", "9")]
    for header, names in [(["what\tage"], ("what", "age")), ([], ("", ""))]:
        embedding = configured(config, **{"m.tsv": "\n".join(header + lines).encode()})["w"]
        found = embedding.labels_of(rows, 10)
        assert (found.names, found.rows, found.total) == (names, picked, 10)
        assert len(embedding.labels_of(None, 10).rows) == 10
    many = configured(config, **{"m.tsv": b"\n".join(b"%d" % at for at in range(50))})["w"].labels_of(None, 3)
    assert (many.rows, many.total) == ([("0",), ("1",), ("2",)], 5)
    titled = configured(config, **{"m.tsv": b"title\na\nb\n"})["w"]
    assert (titled.labels_of(None, 2).names, titled.labels_of(None, 2).rows) == (("title",), [("a",), ("b",)])


def test_one_column_of_labels_has_no_name(configured):
    config = 'embeddings { tensor_name: "w" metadata_path: "m.tsv" }'
    labels = configured(config, **{"m.tsv": "first\r\nzweite ü\n\nlast".encode()})["w"].labels()
    assert (labels.names, labels.rows) == (("",), [("first",), ("zweite ü",), ("",), ("last",)])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"1\t2\n3\n", "rows of numbers"),
        (b"a\tb\n", "rows of numbers"),
        (b"\xff\xfe\n", "what shape"),
        (b"1\t2\n" * 40_000 + b"\xff\n", "UTF-8"),
    ],
)
def test_files_that_hold_no_points(configured, content, words):
    config = 'embeddings { tensor_name: "w" tensor_path: "w.tsv" }'
    with pytest.raises(SummaryError, match=words):
        configured(config, **{"w.tsv": content})["w"].points()


def test_an_empty_file_has_no_points(configured):
    config = 'embeddings { tensor_name: "w" tensor_path: "w.tsv" }'
    assert configured(config, **{"w.tsv": b"\n"})["w"].points().shape == (0, 0)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "link", "a/../../secret", "x\\000y", "../run2/secret"])
def test_no_path_leads_out_of_the_directory(tmp_path, configured, path):
    (tmp_path / "logs" / "run2").mkdir(parents=True)
    for place in (tmp_path / "logs", tmp_path / "logs" / "run2"):
        (place / "secret").write_text("1\t2\n")
    said = "".join(f' {field}: "{path}"' for field in ("tensor_path", "metadata_path"))
    config = f'embeddings {{ tensor_name: "w"{said} sprite {{ image_path: "{path}" }} }}'
    embedding = configured(config)["w"]
    os.symlink(tmp_path / "logs" / "secret", tmp_path / "logs" / "run" / "link")
    for read in (embedding.points, embedding.labels, embedding.sprite):
        with pytest.raises(SummaryError, match="outside"):
            read()


def test_labels_take_no_more_memory_than_there_is_room_for(configured, monkeypatch):
    config = 'embeddings { tensor_name: "w" tensor_path: "w.tsv" metadata_path: "m.tsv" }'
    embedding = configured(config, **{"m.tsv": b"\t\t\t\n" * 3})["w"]
    assert len(embedding.labels_of(None, 3).rows) == 3
    monkeypatch.setattr(embeddings, "_MAX_LABELS", 600)
    with pytest.raises(SummaryError, match=r"'m\.tsv' has too much text for so many points"):
        embedding.labels_of(None, 3)
    assert len(embedding.labels_of(np.int64([0, 2]), 3).rows) == 2


def test_a_pipe_is_not_waited_on_and_a_missing_file_is_said(tmp_path, configured):
    config = 'embeddings { tensor_name: "w" tensor_path: "pipe" metadata_path: "none" }'
    embedding = configured(config)["w"]
    os.mkfifo(tmp_path / "logs" / "run" / "pipe")
    with pytest.raises(OSError, match="regular"):
        embedding.points()
    with pytest.raises(FileNotFoundError):
        embedding.labels()


def test_a_checkpoint_needs_tensorflow(configured):
    embedding = configured('embeddings { tensor_name: "w" }\nmodel_checkpoint_path: "model.ckpt"')["w"]
    with pytest.raises(SummaryError, match="TensorFlow"):
        embedding.points()


@pytest.mark.parametrize(
    "config", ["embeddings {", "\ud800".encode("utf-8", "surrogatepass"), "embeddings { x" + " { y" * 20_000], ids=len
)
def test_configurations_that_are_none(configured, config):
    with pytest.raises(SummaryError, match="no configuration"):
        configured(config)
