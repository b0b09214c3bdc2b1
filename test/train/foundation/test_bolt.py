"""Chronos-Bolt in numpy against the original in torch, whose outputs make_references.py wrote."""

from __future__ import annotations

import numpy as np
import pytest
from foundation_cases import PLAIN, REFERENCE

from train.foundation.bolt import Bolt, read_bolt
from train.foundation.t5 import distance_buckets

MODELS = ("plain", "gated", "overlap", "long")
GROUPS = 5


def in_double(bolt: Bolt) -> Bolt:
    return Bolt(bolt.config, {name: tensor.astype(np.float64) for name, tensor in bolt.tensors.items()})


def difference(found: np.ndarray, expected: np.ndarray) -> float:
    """The largest one, relative to the largest quantile of its window."""
    assert found.shape == expected.shape and found.dtype == expected.dtype
    scale = np.abs(expected).max(axis=(1, 2))
    return float((np.abs(found - expected).max(axis=(1, 2)) / scale).max())


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("group", range(GROUPS))
def test_in_double_precision_it_is_the_formula_of_torch(name: str, group: int) -> None:
    reference = np.load(REFERENCE / name / "reference.npz")
    windows, expected = reference[f"windows_{group}"], reference[f"exact_{group}"]
    assert difference(in_double(read_bolt(REFERENCE / name)).all_quantiles(windows), expected) < 1e-13


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("group", range(GROUPS))
def test_in_single_precision_it_rounds_as_little_as_torch(name: str, group: int) -> None:
    reference = np.load(REFERENCE / name / "reference.npz")
    windows, expected = reference[f"windows_{group}"], reference[f"exact_{group}"].astype(np.float32)
    # Measured: numpy 9.5e-7, torch 1.3e-6. Twice that leaves room for another machine's matrix product.
    assert difference(reference[f"quantiles_{group}"], expected) < 2.6e-6
    assert difference(read_bolt(REFERENCE / name).all_quantiles(windows), expected) < 2.6e-6


def test_the_references_hold_every_case_that_they_are_named_for() -> None:
    for name in MODELS:
        bolt = read_bolt(REFERENCE / name)
        reference = np.load(REFERENCE / name / "reference.npz")
        lengths = [reference[f"windows_{group}"].shape[1] for group in range(GROUPS)]
        assert min(lengths) < bolt.config.patch_size < bolt.context_length < max(lengths)
        full = reference["windows_0"]
        assert np.isnan(full).any() and (np.nanstd(full, axis=1) == 0).any()
        patches = full[:, : full.shape[1] // bolt.config.patch_size * bolt.config.patch_size]
        assert np.isnan(patches.reshape(len(full), -1, bolt.config.patch_size)).all(axis=2).any()


def test_distances_fall_into_the_buckets_of_t5() -> None:
    tables = np.load(REFERENCE / "buckets.npz")
    names = [name for name in tables.files if name != "distances"]
    assert len(names) == 5
    for name in names:
        buckets, distance_max = (int(part) for part in name.split("_"))
        found = distance_buckets(tables["distances"].astype(np.int64), buckets, distance_max)
        np.testing.assert_array_equal(found, tables[name])


def test_missing_values_on_the_left_are_as_if_not_there() -> None:
    bolt = in_double(read_bolt(PLAIN))
    windows = np.load(PLAIN / "reference.npz")["windows_2"]
    padded = np.pad(windows, ((0, 0), (29, 0)), constant_values=np.nan)
    np.testing.assert_allclose(bolt.all_quantiles(padded), bolt.all_quantiles(windows), rtol=1e-12)


def test_a_window_does_not_depend_on_its_batch() -> None:
    bolt = in_double(read_bolt(PLAIN))
    windows = np.load(PLAIN / "reference.npz")["windows_0"]
    alone = np.concatenate([bolt.all_quantiles(window[None]) for window in windows])
    np.testing.assert_allclose(bolt.all_quantiles(windows), alone, rtol=1e-12, atol=1e-18)


def test_a_random_control_keeps_shapes_and_scale_and_follows_its_seed() -> None:
    bolt = read_bolt(PLAIN)
    control, again, other = bolt.random_control(1), bolt.random_control(1), bolt.random_control(2)
    assert control.config == bolt.config and set(control.tensors) == set(bolt.tensors)
    for name, tensor in bolt.tensors.items():
        made = control.tensors[name]
        assert made.shape == tensor.shape and made.dtype == np.float32
        assert abs(made.mean() - tensor.mean()) < 6 * tensor.std() / np.sqrt(tensor.size) + 1e-7
        assert not np.array_equal(made, tensor)
        np.testing.assert_array_equal(made, again.tensors[name])
        assert not np.array_equal(made, other.tensors[name])
    large = "output_patch_embedding.hidden_layer.weight"
    assert control.tensors[large].std() == pytest.approx(bolt.tensors[large].std(), rel=0.1)
