"""The demo's network and what it draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cellboard.demo_network import SIDE, Digits, Network, confusion, score
from cellboard.demo_training import confusion_figure, grid, new_folder


@pytest.fixture(scope="module")
def digits() -> Digits:
    return Digits.load()


def test_the_digits_are_split_and_scaled(digits: Digits) -> None:
    assert len(digits.train_x) + len(digits.val_x) == 1797
    assert digits.train_x.dtype == np.float32
    assert (digits.train_x.min(), digits.train_x.max()) == (0, 1)
    assert set(digits.val_y) == set(range(10))


def test_batches_hold_training_images_moved_by_at_most_one_pixel(digits: Digits) -> None:
    x, y = digits.batch(np.random.default_rng(3), 20)
    padded = np.pad(digits.train_x.reshape(-1, SIDE, SIDE), ((0, 0), (1, 1), (1, 1)))
    for image, label in zip(x.reshape(-1, SIDE, SIDE), y, strict=True):
        moved = [padded[:, down : down + SIDE, right : right + SIDE] for down in range(3) for right in range(3)]
        same = np.any([(one == image).all(axis=(1, 2)) for one in moved], axis=0)
        assert label in digits.train_y[same]


def test_a_step_follows_the_gradient(digits: Digits) -> None:
    x, y = digits.train_x[:32], digits.train_y[:32]
    network = Network(learning_rate=1.0, momentum=0.0, hidden=16)
    before = {name: weight.astype(np.float64) for name, weight in network.weights.items()}
    network.train(x, y)
    for name, index in [("layer1/weights", (20, 3)), ("layer1/biases", (5,)), ("layer2/weights", (3, 7))]:
        gradient = before[name][index] - network.weights[name][index]
        losses = []
        for nudge in (1e-3, -1e-3):
            other = Network(learning_rate=1.0, hidden=16)
            other.weights = {key: weight.copy() for key, weight in before.items()}  # type: ignore[misc]
            other.weights[name][index] += nudge
            losses.append(score(other.probabilities(x.astype(np.float64)), y)[0])  # type: ignore[arg-type]
        assert gradient == pytest.approx((losses[0] - losses[1]) / 2e-3, rel=0.02, abs=1e-5)


def test_momentum_is_carried_on(digits: Digits) -> None:
    x, y = digits.train_x[:8], digits.train_y[:8]
    with_momentum, without = Network(0.1, momentum=0.9, hidden=4), Network(0.1, momentum=0.0, hidden=4)
    for network in (with_momentum, without):
        network.train(x, y)
    first = with_momentum.weights["layer2/biases"].copy()
    np.testing.assert_array_equal(first, without.weights["layer2/biases"])
    for network in (with_momentum, without):
        network.train(x, y)
    further = with_momentum.weights["layer2/biases"] - without.weights["layer2/biases"]
    np.testing.assert_allclose(further, 0.9 * first, rtol=1e-4)


def test_score_and_confusion() -> None:
    probabilities = np.full((3, 10), 0.05, np.float32)
    probabilities[[0, 1, 2], [4, 4, 7]] = 0.55
    truth = np.array([4, 9, 7])
    loss, accuracy = score(probabilities, truth)
    assert accuracy == pytest.approx(2 / 3)
    assert loss == pytest.approx(-(2 * np.log(0.55) + np.log(0.05)) / 3, rel=1e-5)
    counts = confusion(probabilities, truth)
    assert counts.sum() == 3
    assert counts[9, 4] == counts[4, 4] == counts[7, 7] == 1
    assert confusion_figure(counts) is not None


def test_filters_fill_their_scale() -> None:
    filters = Network(0.1, hidden=10).filters(64)
    assert filters.shape == (10, SIDE, SIDE)
    np.testing.assert_allclose(filters.min(axis=(1, 2)), 0)
    np.testing.assert_allclose(filters.max(axis=(1, 2)), 1)


def test_a_grid_holds_every_image_where_it_belongs() -> None:
    images = np.random.default_rng(0).random((11, SIDE, SIDE)).astype(np.float32)
    sheet = grid(images, columns=4, scale=3)
    assert sheet.shape == (3 * 26, 4 * 26)
    sixth = sheet[26 + 1 : 52 - 1, 26 + 1 : 52 - 1]
    np.testing.assert_array_equal(sixth[1::3, 1::3], images[5])
    assert (sheet[-1] == 0.5).all()


def test_new_folders_never_meet_old_ones(tmp_path: Path) -> None:
    for expected in ("a", "a-2", "a-3"):
        folder = new_folder(tmp_path / "a")
        assert folder == tmp_path / expected
        folder.mkdir()
