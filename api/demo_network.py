"""The demo's model: a small network in plain numpy that reads handwritten digits."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

SIDE = 8
CLASSES = 10


@dataclass(frozen=True)
class Digits:
    """Scikit-learn's bundled digits (the test part of the UCI set), split into training and validation.

    Attributes
    ----------
    train_x, val_x
        float32[n, 64], pixels in 0..1, row-major 8×8.
    train_y, val_y
        int64[n], the digits.
    """

    train_x: Floats
    train_y: Labels
    val_x: Floats
    val_y: Labels

    @classmethod
    def load(cls, validation: int = 360, seed: int = 0) -> Digits:
        """Read and shuffle the 1797 images.

        Raises
        ------
        ModuleNotFoundError
            If scikit-learn is not installed.
        """
        from sklearn.datasets import load_digits

        x, y = load_digits(return_X_y=True)
        order = np.random.default_rng(seed).permutation(len(x))
        x, y = (x[order] / 16).astype(np.float32), y[order].astype(np.int64)
        return cls(x[validation:], y[validation:], x[:validation], y[:validation])

    def batch(self, rng: np.random.Generator, size: int) -> tuple[Floats, Labels]:
        """Draw training images, each moved by up to one pixel so that no two batches are alike."""
        chosen = rng.integers(len(self.train_x), size=size)
        images = np.pad(self.train_x[chosen].reshape(-1, SIDE, SIDE), ((0, 0), (1, 1), (1, 1)))
        down, right = rng.integers(3, size=(2, size, 1, 1))
        rows, columns = np.arange(SIDE).reshape(1, -1, 1), np.arange(SIDE).reshape(1, 1, -1)
        moved = images[np.arange(size).reshape(-1, 1, 1), rows + down, columns + right]
        return moved.reshape(size, -1), self.train_y[chosen]


@dataclass
class Network:
    """Two layers with a ReLU between, softmax and cross-entropy, trained by gradient descent with momentum.

    Parameters
    ----------
    learning_rate, momentum
        Of ``velocity = momentum * velocity - learning_rate * gradient; weight += velocity``.
    hidden
        Units of the first layer.
    """

    learning_rate: float
    momentum: float = 0.9
    hidden: int = 256
    seed: int = 0
    weights: dict[str, Floats] = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        sizes = (SIDE * SIDE, self.hidden, CLASSES)
        self.weights = {}
        for layer, (inputs, outputs) in enumerate(pairwise(sizes), 1):
            # He et al. 2015, equation 10: keeps the variance through ReLUs.
            drawn = rng.normal(scale=np.sqrt(2 / inputs), size=(inputs, outputs))
            self.weights[f"layer{layer}/weights"] = drawn.astype(np.float32)
            self.weights[f"layer{layer}/biases"] = np.zeros(outputs, np.float32)
        self._velocity = {name: np.zeros_like(weight) for name, weight in self.weights.items()}

    def probabilities(self, x: Floats) -> Floats:
        """Return float32[n, 10]: how likely each image is each digit."""
        return self.layers(x)[1]

    def layers(self, x: Floats) -> tuple[Floats, Floats]:
        """Return float32[n, hidden], what the units make of each image, and the `probabilities`."""
        w = self.weights
        active: Floats = np.maximum(x @ w["layer1/weights"] + w["layer1/biases"], 0)
        scores = active @ w["layer2/weights"] + w["layer2/biases"]
        exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities: Floats = exponentials / exponentials.sum(axis=1, keepdims=True)
        return active, probabilities

    def train(self, x: Floats, y: Labels) -> tuple[float, float]:
        """Take one step on a batch; return its loss and accuracy before the step."""
        active, probabilities = self.layers(x)
        loss, accuracy = score(probabilities, y)
        error = probabilities.copy()
        error[np.arange(len(y)), y] -= 1
        error /= np.float32(len(y))
        behind = (error @ self.weights["layer2/weights"].T) * (active > 0)
        gradients = {
            "layer1/weights": x.T @ behind,
            "layer1/biases": behind.sum(axis=0),
            "layer2/weights": active.T @ error,
            "layer2/biases": error.sum(axis=0),
        }
        for name, gradient in gradients.items():
            velocity = self._velocity[name]
            velocity *= np.float32(self.momentum)
            velocity -= np.float32(self.learning_rate) * gradient
            self.weights[name] += velocity
        return loss, accuracy

    def filters(self, count: int = 64) -> Floats:
        """Return float32[count, 8, 8] in 0..1: what the first units look for, each on its own scale."""
        weights = self.weights["layer1/weights"][:, :count].T.reshape(-1, SIDE, SIDE)
        low, high = weights.min(axis=(1, 2), keepdims=True), weights.max(axis=(1, 2), keepdims=True)
        scaled: Floats = (weights - low) / np.maximum(high - low, np.float32(1e-6))
        return scaled


def score(probabilities: Floats, y: Labels) -> tuple[float, float]:
    """Return mean cross-entropy in nats and the share of images whose likeliest digit is right."""
    right = probabilities[np.arange(len(y)), y]
    loss = -np.log(np.maximum(right, np.float32(1e-12))).mean()
    return float(loss), float((probabilities.argmax(axis=1) == y).mean())


def confusion(probabilities: Floats, y: Labels) -> NDArray[np.int64]:
    """Return int64[10, 10]: images by digit (row) and by what they were taken for (column)."""
    counts = np.zeros((CLASSES, CLASSES), np.int64)
    np.add.at(counts, (y, probabilities.argmax(axis=1)), 1)
    return counts
