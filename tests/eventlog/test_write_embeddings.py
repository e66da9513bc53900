"""Embeddings: the projector's files, shared by writers, threads and processes."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from cellboard.eventlog import EventLogWarning, SummaryWriter
from google.protobuf import text_format
from PIL import Image
from tensorboard.plugins.projector import projector_config_pb2
from torch.utils.tensorboard import SummaryWriter as TorchWriter

RNG = np.random.default_rng(2)
POINTS = RNG.normal(size=(7, 3)).astype(np.float32)
PICTURES = RNG.integers(0, 256, (7, 3, 4, 4)).astype(np.float32) / 256
NAMES = [f"ü{index}" for index in range(7)]


def config(directory: Path) -> projector_config_pb2.ProjectorConfig:
    text = (directory / "projector_config.pbtxt").read_text()
    return text_format.Parse(text, projector_config_pb2.ProjectorConfig())


def names(directory: Path) -> list[str]:
    return sorted(entry.tensor_name for entry in config(directory).embeddings)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch|tensorboard")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"metadata": NAMES},
        {"metadata": [[name, index] for index, name in enumerate(NAMES)], "metadata_header": ["name", "index"]},
        {"label_img": torch.from_numpy(PICTURES)},
        {"label_img": torch.from_numpy(PICTURES[:, :1, :, :2].repeat(2, axis=3)), "metadata": NAMES},
        {"label_img": torch.from_numpy(PICTURES[:, :, :2]), "global_step": 12, "tag": "a/b\\c%d"},
    ],
    ids=["points", "labels", "table", "pictures", "gray", "wide, step and tag"],
)
def test_the_files_are_torchs(tmp_path, options) -> None:
    for kind, folder in ((SummaryWriter, "ours"), (TorchWriter, "theirs")):
        with kind(str(tmp_path / folder)) as writer:
            writer.add_embedding(torch.from_numpy(POINTS), **options)
    assert config(tmp_path / "ours") == config(tmp_path / "theirs")
    files = {path.relative_to(tmp_path / "theirs") for path in (tmp_path / "theirs").glob("*/*/*")}
    assert files == {path.relative_to(tmp_path / "ours") for path in (tmp_path / "ours").glob("*/*/*")}
    for file in files:
        ours, theirs = tmp_path / "ours" / file, tmp_path / "theirs" / file
        if file.suffix == ".png":
            np.testing.assert_array_equal(np.asarray(Image.open(ours)), np.asarray(Image.open(theirs)))
        else:
            assert ours.read_bytes() == theirs.read_bytes()


def test_a_second_writer_keeps_the_first_ones_entries(tmp_path) -> None:
    for tag in ("first", "second"):
        with SummaryWriter(tmp_path) as writer:
            writer.add_embedding(POINTS, tag=tag)
    assert names(tmp_path) == ["first:00000", "second:00000"]


def test_entries_of_other_programs_are_kept(tmp_path) -> None:
    entry = 'embeddings { tensor_name: "layer" bookmarks_path: "b.txt" tensor_shape: 3 }'
    (tmp_path / "projector_config.pbtxt").write_text(f'model_checkpoint_path: "model.ckpt" {entry}')
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS)
    kept = config(tmp_path)
    assert kept.model_checkpoint_path == "model.ckpt"
    assert (kept.embeddings[0].bookmarks_path, list(kept.embeddings[0].tensor_shape)) == ("b.txt", [3])
    assert names(tmp_path) == ["default:00000", "layer"]


def test_processes_and_threads_do_not_overwrite_each_other(tmp_path) -> None:
    code = """
import sys
from cellboard import SummaryWriter
with SummaryWriter(sys.argv[1]) as writer:
    for step in range(10):
        writer.add_embedding([[1.0, 2.0]], tag=sys.argv[2], global_step=step)
"""
    children = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), f"process {i}"]) for i in range(3)]
    with SummaryWriter(tmp_path) as writer:

        def work(tag: str) -> None:
            for step in range(10):
                writer.add_embedding([[1.0, 2.0]], tag=tag, global_step=step)

        threads = [threading.Thread(target=work, args=(f"thread {index}",)) for index in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [child.wait(60) for child in children] == [0, 0, 0]
    tags = [f"{kind} {index}" for kind in ("process", "thread") for index in range(3)]
    assert names(tmp_path) == sorted(f"{tag}:{step:05d}" for tag in tags for step in range(10))
    assert not list(tmp_path.glob(".*"))


def test_where_directories_cannot_be_locked_a_file_stands_for_the_lock(tmp_path, monkeypatch) -> None:
    from cellboard.eventlog.writers import locks

    monkeypatch.setattr(locks, "_lock_directory", lambda directory: None)
    monkeypatch.setattr(locks, "_PATIENCE", 0.05)
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS)
        (tmp_path / ".cellboard.lock").touch()  # left by a process that died
        writer.add_embedding(POINTS, tag="second")
    assert names(tmp_path) == ["default:00000", "second:00000"]
    assert not list(tmp_path.glob(".*"))


def test_what_is_replaced_is_said_once(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS)
        with pytest.warns(EventLogWarning, match="default:00000"):
            writer.add_embedding(POINTS[:2], ["a", "b"])
        writer.add_embedding(POINTS[:2], ["a", "b"])
    (entry,) = config(tmp_path).embeddings
    assert len((tmp_path / entry.tensor_path).read_text().splitlines()) == 2
    assert (tmp_path / entry.metadata_path).read_text() == "a\nb\n"


def test_a_damaged_config_is_set_aside(tmp_path) -> None:
    (tmp_path / "projector_config.pbtxt").write_text("embeddings { tensor_name: ")
    with SummaryWriter(tmp_path) as writer, pytest.warns(EventLogWarning, match="is damaged"):
        writer.add_embedding(POINTS)
    assert names(tmp_path) == ["default:00000"]
    assert (tmp_path / "projector_config.damaged.pbtxt").read_text() == "embeddings { tensor_name: "


def test_labels_that_are_a_tensor_are_numbers(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS, torch.arange(7))
    assert (tmp_path / "00000/default/metadata.tsv").read_text().split() == list("0123456")


def test_no_label_breaks_the_table(tmp_path) -> None:
    labels = ["a\tb", "c\nd", "e\rf", "", "g", "h", "i"]
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS, [[label, 1] for label in labels], metadata_header=["x\ty", "z"])
    lines = (tmp_path / "00000/default/metadata.tsv").read_text().split("\n")
    assert lines == ["x y\tz", "a b\t1", "c d\t1", "e f\t1", "\t1", "g\t1", "h\t1", "i\t1", ""]


def test_one_column_has_no_header_for_it_would_be_a_label(tmp_path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS, [[name] for name in NAMES], metadata_header=["name"])
    assert (tmp_path / "00000/default/metadata.tsv").read_text().split("\n")[:-1] == NAMES


def test_integer_pictures_are_not_saturated_and_tall_ones_fit(tmp_path) -> None:
    pictures = RNG.integers(0, 256, (7, 3, 9, 2), np.uint8)
    with SummaryWriter(tmp_path) as writer:
        writer.add_embedding(POINTS, label_img=pictures)
    (entry,) = config(tmp_path).embeddings
    sheet = np.asarray(Image.open(tmp_path / entry.sprite.image_path))
    width, height = entry.sprite.single_image_dim
    assert ((width, height), sheet.shape[0]) == ((2, 9), sheet.shape[1])
    columns = sheet.shape[1] // width  # as the projector counts them
    for index, picture in enumerate(pictures):
        top, left = index // columns * height, index % columns * width
        np.testing.assert_array_equal(sheet[top : top + height, left : left + width], picture.transpose(1, 2, 0))


@pytest.mark.parametrize(
    ("points", "options"),
    [
        (POINTS[0], {}),
        (np.zeros((0, 3)), {}),
        (POINTS, {"metadata": NAMES[1:]}),
        (POINTS, {"metadata": NAMES, "metadata_header": ["a", "b"]}),
        (POINTS, {"label_img": PICTURES[1:]}),
        (POINTS, {"label_img": PICTURES[0]}),
        (POINTS, {"label_img": np.zeros((7, 3, 1, 4096), np.uint8)}),
        (POINTS, {"tag": ""}),
        (POINTS, {"metadata": 3}),
        ("points", {}),
    ],
)
def test_what_is_no_embedding_is_refused_and_leaves_nothing(tmp_path, points, options) -> None:
    with SummaryWriter(tmp_path) as writer, pytest.raises((TypeError, ValueError), match="tag"):
        writer.add_embedding(points, **options)
    assert not (tmp_path / "projector_config.pbtxt").exists()


def test_no_tag_leads_out_of_the_run(tmp_path) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        for tag in ("..", ".", "../../x", "/etc/x"):
            writer.add_embedding(POINTS, tag=tag)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert len(list((tmp_path / "run" / "00000").iterdir())) == 4
