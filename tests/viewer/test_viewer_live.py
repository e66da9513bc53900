"""Logs that grow, appear, break and go while a viewer looks at them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from cellboard import SummaryWriter

# What the page does: ask for the status about once a second. An appended point has to be there at the second poll.
POLL = 1.0


def total(viewer: Any, tag: str = "loss") -> int:
    got = viewer.get("api/v1/scalars", tag=tag)
    if got.status == 404:
        return 0
    length = int.from_bytes(got.body[:4], "little")
    return sum(series["total"] for series in json.loads(got.body[4 : 4 + length])["series"])


def test_new_points_are_there_within_two_polls(start: Any, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "run") as writer:
        writer.add_scalar("loss", 1.0, 0)
        writer.flush()
        viewer = start(tmp_path)
        before = viewer.ready()["revision"]
        etag = viewer.get("api/v1/scalars", tag="loss").headers["ETag"]
        writer.add_scalar("loss", 0.5, 1)
        writer.flush()
        viewer.get("api/v1/status")
        time.sleep(POLL)
        after = viewer.get("api/v1/status").json()["revision"]
        assert after > before
        got = viewer.get("api/v1/scalars", tag="loss", headers={"If-None-Match": etag})
        assert got.status == 200
        assert np.frombuffer(got.body[-8:], "<f8") == [0.5]


def test_a_log_written_by_torch_grows_too(start: Any, wait_until: Any, tmp_path: Path) -> None:
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    viewer = start(tmp_path)
    assert viewer.ready()["state"] == "empty"
    with TorchWriter(str(tmp_path / "torch")) as writer:
        for step in range(3):
            writer.add_scalar("loss", 1.0 / (step + 1), step)
            writer.flush()
            wait_until(lambda step=step: viewer.get("api/v1/status").json() and total(viewer) == step + 1)


def test_nothing_new_leaves_the_revision(start: Any, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 0)
    viewer = start(tmp_path)
    first = viewer.ready()
    time.sleep(0.6)
    second = viewer.get("api/v1/status").json()
    assert second["revision"] == first["revision"]
    assert second["loaded_at"] > first["loaded_at"]


def test_an_unwatched_viewer_does_not_read(start: Any, tmp_path: Path) -> None:
    viewer = start(tmp_path)
    first = viewer.ready()["loaded_at"]
    time.sleep(1.2)
    viewer.get("api/v1/runs")
    viewer.get("api/v1/ping")
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 0)
    assert viewer.get("api/v1/runs").json()["runs"] == []
    assert viewer.get("api/v1/status").json()["loaded_at"] > first


def test_a_reload_interval_of_zero_reads_once(start: Any, tmp_path: Path) -> None:
    viewer = start(tmp_path, "--reload_interval", "0")
    assert viewer.ready()["state"] == "empty"
    with SummaryWriter(tmp_path) as writer:
        writer.add_scalar("loss", 1.0, 0)
    time.sleep(0.6)
    assert viewer.get("api/v1/status").json()["state"] == "empty"


def test_many_pages_at_once_cost_one_refresh(start: Any, tmp_path: Path) -> None:
    viewer = start(tmp_path)
    viewer.ready()
    time.sleep(0.6)
    begin = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        seen = {got.json()["loaded_at"] for got in pool.map(lambda _: viewer.get("api/v1/status"), range(16))}
    assert len(seen) <= 1 + (time.monotonic() - begin) // 0.5


def test_a_missing_logdir_is_waited_for(start: Any, wait_until: Any, tmp_path: Path) -> None:
    viewer = start(tmp_path / "later" / "logs")
    assert viewer.ready()["state"] == "missing"
    wait_until(lambda: "does not exist yet; watching for it" in viewer.printed)
    (tmp_path / "later" / "logs").mkdir(parents=True)
    wait_until(lambda: viewer.get("api/v1/status").json()["state"] == "empty")
    with SummaryWriter(tmp_path / "later" / "logs") as writer:
        writer.add_scalar("loss", 1.0, 0)
    wait_until(lambda: viewer.get("api/v1/status").json()["state"] == "ready")
    assert total(viewer) == 1


def test_a_logdir_that_goes_away(start: Any, wait_until: Any, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path / "logs" / "a") as writer:
        writer.add_scalar("loss", 1.0, 0)
        writer.add_image("x", np.zeros((3, 2, 2), np.uint8), 0)
    viewer = start(tmp_path / "logs")
    assert viewer.ready()["runs"] == 1
    shutil.rmtree(tmp_path / "logs")
    # Before the next refresh the series is still known, but its file is gone.
    got = viewer.get("api/v1/image", run="a", tag="x", index=0)
    assert got.status == 404
    assert got.json()["error"]
    wait_until(lambda: viewer.get("api/v1/status").json()["state"] == "missing")
    assert viewer.get("api/v1/scalars", tag="loss").status == 404


def test_a_file_in_place_of_a_logdir(start: Any, wait_until: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    viewer = start(tmp_path / "file")
    assert viewer.ready()["runs"] == 0
    wait_until(lambda: "is a file, not a directory" in viewer.printed)


def test_ctrl_c_ends_it_and_leaves_nothing(start: Any, tmp_path: Path, runtime_dir: Path) -> None:
    viewer = start(tmp_path)
    viewer.process.send_signal(signal.SIGINT)
    assert viewer.process.wait(10) == 0
    assert list((runtime_dir / "cellboard").iterdir()) == []


def test_ctrl_c_while_it_loads(start: Any, tmp_path: Path, runtime_dir: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(20_000):
            writer.add_scalar("loss", 1.0, step)
    [file] = tmp_path.iterdir()
    for copy in range(100):
        (tmp_path / f"run{copy}").mkdir()
        os.link(file, tmp_path / f"run{copy}" / file.name)
    viewer = start(tmp_path)
    viewer.process.send_signal(signal.SIGTERM)
    assert viewer.process.wait(10) == 0
    assert list((runtime_dir / "cellboard").iterdir()) == []


def test_no_descriptor_is_left_open(start: Any, tmp_path: Path) -> None:
    with SummaryWriter(tmp_path) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1.0, step)
            writer.add_image("x", np.zeros((3, 2, 2), np.uint8), step)
    viewer = start(tmp_path)
    viewer.ready()

    def use() -> int:
        for index in range(5):
            viewer.get("api/v1/image", run=".", tag="x", index=index)
            viewer.get("api/v1/status")
            viewer.get("api/v1/scalars", tag="loss")
        return len(os.listdir(f"/proc/{viewer.process.pid}/fd"))

    first = use()
    for _ in range(5):
        last = use()
    assert last <= first + 1  # a connection may not be closed yet
