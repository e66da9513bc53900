"""Summaries of TensorFlow 1 (tf.compat.v1): ``python tensorflow_1.py``."""

from __future__ import annotations

import neutral
import numpy as np
import tensorflow as tf

tf.compat.v1.disable_eager_execution()
v1 = tf.compat.v1

neutral.begin("tensorflow_1")
with v1.Graph().as_default() as graph, v1.Session() as session:
    number = v1.placeholder(tf.float32, [], name="number")
    v1.summary.scalar("loss", number)
    v1.summary.scalar("in a group", number * 2, family="group")
    v1.summary.histogram("weights", tf.fill([10], number))
    v1.summary.image("pictures", tf.ones([2, 4, 5, 3]) * number, max_outputs=2)
    v1.summary.image("picture", tf.zeros([1, 4, 5, 1]), max_outputs=1)
    v1.summary.audio("sound", tf.zeros([1, 50, 1]), sample_rate=8000.0, max_outputs=1)
    v1.summary.text("note", tf.strings.as_string(number))
    v1.summary.tensor_summary("tensor", tf.reshape(tf.range(6), [2, 3]))
    merged = v1.summary.merge_all()
    with v1.summary.FileWriter(".", graph) as writer:
        writer.add_session_log(v1.SessionLog(status=v1.SessionLog.START), 0)
        for step in range(4):
            writer.add_summary(session.run(merged, {number: step / 4}), step)
        metadata = v1.RunMetadata()
        options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE)
        session.run(merged, {number: 0.0}, options=options, run_metadata=metadata)
        writer.add_run_metadata(metadata, "step 3", 3)
neutral.end(f"tensorflow-cpu {tf.__version__}", f"numpy {np.__version__}")
