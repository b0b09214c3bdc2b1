"""From a forecast's quantiles to the probability that the price goes up: P(UP) = 1 − F(0)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# A forecast that is sure of the wrong side would make the mean log loss of all rows infinite.
P_MIN = 0.001
RULE = (
    "P(UP) = 1 - F(0); F is linear between the quantiles (sorted, should they cross), beyond them an exponential "
    "tail with the density of the outermost interval; where F jumps at 0, half of the jump counts; at least 0.001, "
    "at most 0.999"
)


def p_up(quantiles: NDArray[np.floating], levels: Sequence[float]) -> NDArray[np.float64]:
    """(rows,) from (rows, levels) of the change of log price against the last close."""
    values = np.sort(quantiles.astype(np.float64), axis=1)
    level = np.asarray(levels, dtype=np.float64)
    assert values.shape[1] == len(level) >= 2, "one quantile per level, at least two"
    assert np.all(np.isfinite(values)), "quantiles are numbers"
    below = np.sum(values < 0, axis=1)
    up_to = np.sum(values <= 0, axis=1)
    rows = np.arange(len(values))

    # Between two quantiles. Rows of the other cases are computed too, from indexes that exist, and not used.
    upper = np.clip(below, 1, len(level) - 1)
    low, high = values[rows, upper - 1], values[rows, upper]
    share = np.divide(-low, high - low, out=np.zeros(len(values)), where=high > low)
    under = level[upper - 1] + share * (level[upper] - level[upper - 1])

    under = np.where(below == 0, _tail(values[:, 0], values[:, 1] - values[:, 0], level[0], level[1] - level[0]), under)
    mass, step = 1 - level[-1], level[-1] - level[-2]
    above = _tail(-values[:, -1], values[:, -1] - values[:, -2], mass, step)
    under = np.where(below == len(level), 1 - above, under)

    # Quantiles at 0 itself: F jumps there, and half of the jump lies on either side.
    first, last = np.minimum(below, len(level) - 1), np.maximum(up_to - 1, 0)
    under = np.where(up_to > below, (level[first] + level[last]) / 2, under)
    return np.clip(1 - under, P_MIN, 1 - P_MIN)


def _tail(distance: NDArray[np.float64], width: NDArray[np.float64], mass: float, step: float) -> NDArray[np.float64]:
    """What is left of a tail's mass beyond a distance, when its density begins with step / width."""
    decay = np.divide(np.maximum(distance, 0) * step, mass * width, out=np.full(len(width), np.inf), where=width > 0)
    return mass * np.exp(-decay)
