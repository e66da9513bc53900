"""What clu's metric writer logs: ``python clu_writer.py``."""

from __future__ import annotations

from importlib.metadata import version

import neutral
import numpy as np
from clu import metric_writers

neutral.begin("clu")
writer = metric_writers.SummaryWriter(".")
writer.write_hparams({"rate": 0.1, "net": "cnn"})
for step in range(3):
    writer.write_scalars(step, {"loss": 0.5 * step, "eval/accuracy": 0.25})
    writer.write_images(step, {"picture": np.full((1, 4, 5, 3), step / 4, np.float32)})
    writer.write_texts(step, {"note": f"step {step}"})
    writer.write_histograms(step, {"weights": np.arange(10.0)}, num_buckets={"weights": 5})
    writer.write_audios(step, {"sound": np.zeros((1, 50, 1), np.float32)}, sample_rate=8000)
writer.close()
neutral.end(f"clu {version('clu')}", f"tensorflow-cpu {version('tensorflow-cpu')}", f"numpy {np.__version__}")
