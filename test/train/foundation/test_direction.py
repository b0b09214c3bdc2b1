"""P(UP) from quantiles: linear between them, exponential beyond, and the mirror image of itself."""

from __future__ import annotations

import math

import numpy as np
import pytest

from train.foundation.direction import P_MIN, p_up

THREE = (0.25, 0.5, 0.75)
NINE = tuple(level / 10 for level in range(1, 10))


@pytest.mark.parametrize(
    ("quantiles", "expected"),
    [
        ([-1.0, 0.0, 1.0], 0.5),
        ([-2.0, 2.0, 4.0], 1 - 0.375),
        ([-4.0, -1.0, 3.0], 1 - (0.5 + 0.25 / 4)),
        ([3.0, -4.0, -1.0], 1 - (0.5 + 0.25 / 4)),
        ([0.0, 1.0, 2.0], 0.75),
        ([-2.0, -1.0, 0.0], 0.25),
        ([0.0, 0.0, 1.0], 1 - 0.375),
        ([0.0, 0.0, 0.0], 0.5),
        ([1.0, 2.0, 3.0], 1 - 0.25 * math.exp(-1)),
        ([-3.0, -2.0, -1.0], 0.25 * math.exp(-1)),
        ([1.0, 1.0, 1.0], 1 - P_MIN),
        ([-1.0, -1.0, -1.0], P_MIN),
        ([-1.0, -1.0, 1.0], 1 - (0.5 + 0.25 / 2)),
    ],
)
def test_it_follows_the_rule(quantiles: list[float], expected: float) -> None:
    assert p_up(np.array([quantiles]), THREE)[0] == pytest.approx(expected, abs=1e-15)


def rows(count: int) -> np.ndarray:
    """Every case: crossing quantiles, many of them 0, and 0 beyond them on both sides."""
    random = np.random.default_rng(3)
    values = random.normal(random.normal(0, 2, (count, 1)), 1, (count, 9))
    values[: count // 4] = np.round(values[: count // 4])
    return values


def test_a_mirrored_forecast_has_the_mirrored_probability() -> None:
    values = rows(4000)
    assert np.sum(np.any(values == 0, axis=1)) > 100
    assert np.sum(np.all(values > 0, axis=1)) > 100 and np.sum(np.all(values < 0, axis=1)) > 100
    np.testing.assert_allclose(p_up(-values, NINE), 1 - p_up(values, NINE), atol=1e-12)


def test_a_higher_forecast_is_never_less_likely_to_go_up() -> None:
    values = rows(4000)
    assert np.all(p_up(values + 0.1, NINE) >= p_up(values, NINE) - 1e-15)


def test_it_is_free_of_scale_and_never_certain() -> None:
    values = rows(4000)
    found = p_up(values, NINE)
    np.testing.assert_allclose(p_up(values * 1e-7, NINE), found, atol=1e-9)
    assert found.min() >= P_MIN and found.max() <= 1 - P_MIN


def test_it_is_the_truth_for_a_uniform_distribution() -> None:
    ends = np.random.default_rng(4).uniform(0.1, 2, (500, 2))
    low, high = -ends[:, :1], ends[:, 1:]
    quantiles = low + (high - low) * np.array(NINE)
    truth = (high / (high - low))[:, 0]
    is_inside = (truth > 0.1) & (truth < 0.9)
    assert is_inside.sum() > 300
    np.testing.assert_allclose(p_up(quantiles, NINE)[is_inside], truth[is_inside], atol=1e-12)
