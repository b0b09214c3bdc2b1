"""Whether probabilities mean what they say: slope on the scale of log odds, error over bins, and the bins."""

from __future__ import annotations

from typing import Any

import numpy as np

from train.judge.outcome import Outcome

BINS = 10
_ITERATIONS_MAX = 50
#: A slope beyond it comes from classes that p separates: there is no best one.
SLOPE_MAX = 100.0


def calibration_bins(outcome: Outcome) -> list[dict[str, Any]]:
    """Bins of about equal rows, by p. Equal p stay together, so that a model of few values has few bins."""
    if len(outcome) == 0:
        return []
    bins = tied_bins(outcome.p, BINS)
    return [
        {
            "p_mean": float(outcome.p[bins == one].mean()),
            "up_share": float(outcome.up[bins == one].mean()),
            "rows": int(np.count_nonzero(bins == one)),
        }
        for one in np.unique(bins)
    ]


def calibration_error(outcome: Outcome) -> float | None:
    """The mean distance of probability and share over the bins, weighted by rows."""
    if len(outcome) == 0:
        return None
    parts = calibration_bins(outcome)
    return sum(one["rows"] * abs(one["p_mean"] - one["up_share"]) for one in parts) / len(outcome)


def calibration_slope(outcome: Outcome) -> float | None:
    """
    The slope of what happened on log odds, by maximum likelihood, with an intercept for each fold: 1 is
    calibrated, below 1 overconfident, 0 knows nothing. None where p has one value in each fold, a class is
    missing, or p separates the classes.
    """
    if len(outcome) == 0 or outcome.up.all() or not outcome.up.any():
        return None
    odds = np.log(outcome.p / (1 - outcome.p))
    _, fold = np.unique(outcome.fold, return_inverse=True)
    inside = odds - (np.bincount(fold, weights=odds) / np.bincount(fold))[fold]
    deviation = inside.std()
    if deviation < 1e-9:
        return None
    ups = np.bincount(fold, weights=outcome.up)
    two_sided = ((ups > 0) & (ups < np.bincount(fold)))[fold]
    intercepts = fold[two_sided, None] == np.unique(fold[two_sided])
    design = np.column_stack([intercepts, inside[two_sided] / deviation])
    y = outcome.up[two_sided].astype(np.float64)
    beta = np.zeros(design.shape[1])
    for _ in range(_ITERATIONS_MAX):
        mean = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        hessian = design.T @ (design * (mean * (1 - mean))[:, None])
        if not len(y) or np.linalg.cond(hessian) > 1e12:
            return None
        step = np.linalg.solve(hessian, design.T @ (y - mean))
        beta += step
        if np.abs(step).max() < 1e-10:
            slope = float(beta[-1] / deviation)
            return slope if abs(slope) <= SLOPE_MAX else None
    return None


def tied_bins(values: np.ndarray, bins: int) -> np.ndarray:
    """By row, the number of its bin from 1: that of the last row of the same value in ascending order."""
    ordered = np.sort(values)
    rank = np.searchsorted(ordered, values, "right")
    return np.ceil(bins * rank / len(values)).astype(np.int64)
