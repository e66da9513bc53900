"""What was flushed is there, however the program ended and however often a writer was begun anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import torch
from cellboard.eventlog import LogDir, SummaryWriter

KILLED = 200

# One program forks the writers, so that each is there at once; it kills them and tells what each had flushed.
PROGRAM = """
import json, os, random, signal, struct, sys, time
from cellboard import SummaryWriter

def write(directory, pipe, rng):
    writer, step = SummaryWriter(directory), 0
    while True:
        for _ in range(rng.choice([1, 10, 300])):
            writer.add_scalar("x", step, step)
            writer.add_scalar("y/long tag", -step, step)
            step += 1
        writer.add_histogram("h", [step], step)
        writer.add_text("t", "é" * rng.randrange(2000), step)
        writer.add_image("i", [[[step % 256 / 255]]], step)
        writer.flush()
        os.write(pipe, struct.pack("<q", step))

flushed = []
for trial in range(int(sys.argv[2])):
    rng = random.Random(trial)
    reader, pipe = os.pipe()
    child = os.fork()
    if not child:
        try:
            write(os.path.join(sys.argv[1], f"{trial:03d}"), pipe, rng)
        finally:
            os._exit(1)
    os.close(pipe)
    time.sleep(rng.uniform(0.001, 0.06))
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    with open(reader, "rb") as file:
        told = file.read()
    flushed.append(struct.unpack("<q", told[-8:])[0] if told else 0)
print(json.dumps(flushed))
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
def test_every_record_flushed_before_a_kill_9_is_read_back(tmp_path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(KILLED)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=240)
    flushed = json.loads(done.stdout)
    assert len(flushed) == KILLED
    assert sum(step > 0 for step in flushed) > KILLED / 2  # else nothing was tried
    log = LogDir(tmp_path)
    assert log.problems == []
    for trial, step in enumerate(flushed):
        if step:
            run = log.runs[f"{trial:03d}"]
            for tag, sign in (("x", 1), ("y/long tag", -1)):
                series = run.scalars[tag]
                assert len(series) >= step
                np.testing.assert_array_equal(series.step, np.arange(len(series)))
                np.testing.assert_array_equal(series.value, sign * series.step)
            for series in (run.histograms["h"], run.texts["t/text_summary"], run.images["i"]):
                assert series.step[-1] >= step
                assert (series[-1].step, len(set(series.step))) == (series.step[-1], len(series))


def test_a_new_writer_for_each_of_100_epochs_reads_as_one_log(tmp_path) -> None:
    x, y = torch.FloatTensor([100]), torch.FloatTensor([500])
    for epoch in range(100):
        x /= 1.5
        y /= 1.5
        loss = y - x
        with SummaryWriter(log_dir=str(tmp_path), comment="train") as writer:
            writer.add_histogram("his/x", x, epoch)
            writer.add_histogram("his/y", y, epoch)
            writer.add_scalar("data/x", x, epoch)
            writer.add_scalar("data/y", y, epoch)
            writer.add_scalar("data/loss", loss, epoch)
            writer.add_scalars("data/data_group", {"x": x, "y": y, "loss": loss}, epoch)
    log = LogDir(tmp_path)
    assert log.problems == []
    run = log.runs["."]
    assert set(log.runs) == {".", *(f"data_data_group_{key}" for key in ("x", "y", "loss"))}
    loss = 400 / 1.5 ** np.arange(1, 101)
    for series, expected in [
        (run.scalars["data/loss"], loss),
        (run.scalars["data/x"], loss / 4),
        (run.scalars["data/y"], loss * 5 / 4),
        (log.runs["data_data_group_loss"].scalars["data/data_group"], loss),
    ]:
        assert series.step.tolist() == list(range(100))
        np.testing.assert_allclose(series.value, expected, rtol=1e-3)
    assert run.histograms["his/x"].step.tolist() == list(range(100))
