"""
How often labels rotated against predictions within each day do as well. A rotation keeps the day's share of
UP, the spread of the predictions and how both hang together from minute to minute; only the match is lost.
"""

from __future__ import annotations

import numpy as np

from train.judge.outcome import Outcome

ROTATIONS = 2000


def rotation_p_value(outcome: Outcome, seed: int) -> float | None:
    """
    The share of rotations whose log loss is as low, the true one counted among them (Phipps and Smyth 2010).
    All symbols of a day rotate by the same share of it. None where no rotation could differ.
    """
    days, day_number = np.unique(outcome.day, return_inverse=True)
    if not any(np.ptp(outcome.p[day_number == number]) > 0 for number in range(len(days))):
        return None
    odds = np.log(outcome.p / (1 - outcome.p))
    shares = np.random.default_rng([seed, len(days)]).random((ROTATIONS, len(days)))
    true_gain = 0.0
    gains = np.zeros(ROTATIONS)
    for number in range(len(days)):
        for symbol in np.unique(outcome.symbol[day_number == number]):
            rows = np.flatnonzero((day_number == number) & (outcome.symbol == symbol))
            rows = rows[np.argsort(outcome.decision_ms[rows], kind="stable")]
            by_offset = _gain_by_offset(odds[rows], outcome.up[rows].astype(np.float64))
            true_gain += by_offset[0]
            gains += by_offset[np.floor(shares[:, number] * len(rows)).astype(np.int64)]
    # Equal up to rounding counts as equal.
    as_good = gains >= true_gain - 1e-9 * max(1.0, abs(true_gain))
    return (1 + int(np.count_nonzero(as_good))) / (1 + ROTATIONS)


def _gain_by_offset(odds: np.ndarray, up: np.ndarray) -> np.ndarray:
    """The sum of log odds over rows that are UP, for each offset; all that rotation changes of the log loss."""
    spectrum = np.conj(np.fft.rfft(odds)) * np.fft.rfft(up)
    return np.fft.irfft(spectrum, n=len(odds))
