"""Predictions beside what happened: the rows that a model is judged on, in one table."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from train.dataset.samples import DAY_MS, FLAT, MINUTE_MS, UP, Samples

BLOCK_MS = 4 * 3_600_000
#: Odds are judged no further out than this, so that one wrong certainty is not an infinite loss.
P_EDGE = 1e-6


@dataclass(frozen=True)
class Outcome:
    """Columns of the same length; FLAT rows are in it for money alone. `base` is the training part's rate."""

    symbol: np.ndarray
    decision_ms: np.ndarray
    fold: np.ndarray
    label: np.ndarray
    ret_bps: np.ndarray
    weight: np.ndarray
    p: np.ndarray
    base: np.ndarray

    def __len__(self) -> int:
        return len(self.p)

    def take(self, rows: np.ndarray) -> Outcome:
        return Outcome(*(getattr(self, field.name)[rows] for field in fields(self)))

    def directed(self) -> Outcome:
        """Without FLAT rows."""
        return self.take(self.label != FLAT)

    @property
    def up(self) -> np.ndarray:
        return self.label == UP

    @property
    def day(self) -> np.ndarray:
        return (self.decision_ms - MINUTE_MS) // DAY_MS

    @property
    def block(self) -> np.ndarray:
        """Blocks of 4 hours of UTC days, over all symbols: what happens at once is drawn at once."""
        return (self.decision_ms - MINUTE_MS) // BLOCK_MS


def outcome_of(rows: Samples, p_up: np.ndarray, base: float) -> Outcome:
    """Rows that the model refused (NaN) are not in it."""
    known = ~np.isnan(p_up)
    kept = rows.take(known)
    p = np.clip(p_up[known], P_EDGE, 1 - P_EDGE)
    rate = np.full(len(kept), base)
    return Outcome(kept.symbol, kept.decision_ms, kept.fold, kept.label, kept.ret_bps, kept.weight, p, rate)


def pooled(outcomes: list[Outcome]) -> Outcome:
    return Outcome(*(np.concatenate([getattr(one, field.name) for one in outcomes]) for field in fields(Outcome)))
