"""A small model trained with Keras's TensorBoard callback: ``python keras_callback.py``, or for Keras 2 with ``2``."""

from __future__ import annotations

import sys

import neutral
import numpy as np
import tensorflow as tf

if sys.argv[1:] == ["2"]:
    import tf_keras as keras

    name = "keras_2"
    version = f"tf_keras {keras.__version__}"
else:
    import keras

    name = "keras_3"
    version = f"keras {keras.__version__}"

neutral.begin(name)
keras.utils.set_random_seed(1)
layers = [keras.layers.Dense(3, activation="relu", name="hidden"), keras.layers.Dense(1, name="out")]
model = keras.Sequential([keras.Input((2,)), *layers])
model.compile("sgd", "mse", metrics=["mae"])
x = np.random.default_rng(1).normal(size=(16, 2)).astype("f4")
callback = keras.callbacks.TensorBoard(
    ".", histogram_freq=1, write_images=True, update_freq=2, write_steps_per_second=True, profile_batch=0
)
data = {"batch_size": 8, "epochs": 3, "validation_data": (x, x[:, :1]), "verbose": 0}
model.fit(x, x[:, :1], callbacks=[callback], **data)
neutral.end(version, f"tensorflow-cpu {tf.__version__}", f"numpy {np.__version__}")
