"""Summaries of TensorFlow 2, and of TensorBoard's plugins on top of it: ``python tensorflow_2.py``."""

from __future__ import annotations

import neutral
import numpy as np
import tensorboard
import tensorflow as tf
from tensorboard.plugins.custom_scalar import layout_pb2
from tensorboard.plugins.custom_scalar import summary as custom_scalar
from tensorboard.plugins.hparams import api as hp
from tensorboard.plugins.mesh import summary_v2 as mesh
from tensorboard.plugins.pr_curve import summary as pr_curve

neutral.begin("tensorflow_2")
with tf.summary.create_file_writer("all").as_default():
    for step in range(3):
        tf.summary.scalar("loss", 0.1 * step, step, description="the *loss*")
        tf.summary.scalar("integer", step, step)
        tf.summary.histogram("weights", np.arange(10.0) * step, step, buckets=5)
        tf.summary.image("pictures", np.full((2, 4, 5, 3), 0.5 * step / 2), step)
        tf.summary.audio("sounds", np.zeros((2, 50, 1), np.float32), 8000, step, encoding="wav")
        tf.summary.text("note", f"**step** {step}", step)
        tf.summary.text("table", [["a", "b"], ["c", str(step)]], step)
        tf.summary.write("raw", np.arange(6, dtype=np.int16).reshape(2, 3) * step, step)
        vertices = np.arange(12.0, dtype=np.float32).reshape(1, 4, 3) * step
        faces = np.array([[[0, 1, 2], [1, 2, 3]]], np.int32)
        colors = np.full((1, 4, 3), 200, np.uint8)
        mesh.mesh("mesh", vertices, faces, colors, {"camera": {"cls": "PerspectiveCamera"}}, step)

    @tf.function
    def double(x):
        return x * 2

    tf.summary.trace_on(graph=True)
    double(tf.constant(1.0))
    tf.summary.trace_export("double", 0)
    tf.summary.graph(double.get_concrete_function(tf.constant(1.0)).graph.as_graph_def())
    labels, predictions = np.array([True, False, True]), np.array([0.9, 0.4, 0.3])
    curve = pr_curve.pb("pr", labels, predictions, num_thresholds=5)
    tf.summary.experimental.write_raw_pb(curve.SerializeToString(), 0)
    chart = layout_pb2.Chart(title="losses", multiline=layout_pb2.MultilineChartContent(tag=["loss.*"]))
    layout = layout_pb2.Layout(category=[layout_pb2.Category(title="all", chart=[chart])])
    tf.summary.experimental.write_raw_pb(custom_scalar.pb(layout).SerializeToString(), 0)

with tf.summary.create_file_writer(".").as_default():
    rate = hp.HParam("rate", hp.RealInterval(0.0, 1.0), description="of learning")
    net = hp.HParam("net", hp.Discrete(["cnn", "mlp"]))
    hp.hparams_config([rate, net, hp.HParam("drop", hp.Discrete([False, True]))], [hp.Metric("accuracy")])
for at, kind in enumerate(["cnn", "mlp"]):
    with tf.summary.create_file_writer(f"session {at}").as_default():
        hp.hparams({rate: 0.5 / (at + 1), net: kind, "drop": bool(at)}, trial_id=f"trial {at}", start_time_secs=1.5e9)
        tf.summary.scalar("accuracy", 0.5 + at / 4, step=1)
neutral.end(f"tensorflow-cpu {tf.__version__}", f"tensorboard {tensorboard.__version__}", f"numpy {np.__version__}")
