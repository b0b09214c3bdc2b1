"""A model that comes trained against its control: the same architecture with random weights, on the same rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from train.judge.blocks import block_sums, spreads
from train.judge.metrics import why_not_judged
from train.judge.outcome import Outcome


def why_not_beaten(outcome: Outcome, control: Outcome | None, seed: int) -> str | None:
    """In words; None if the log loss is lower than the control's, by the lower bounds of both kinds of block."""
    if control is None:
        return "its control could not be judged"
    pair = _against(outcome, control).directed()
    if why_not_judged(pair) is not None:
        return "too few rows of its control to compare with"
    found = [spreads(block_sums(pair, block), seed) for block in (pair.block, pair.day)]
    lows = [one["log_loss_skill"].low for one in found if one is not None and "log_loss_skill" in one]
    if len(lows) < len(found):
        return "too few blocks to compare it with its control"
    if min(lows) <= 0:
        return f"its log loss is not surely below that of its control: skill against it may be {min(lows):.5f}"
    return None


def _against(outcome: Outcome, control: Outcome) -> Outcome:
    """Rows of both, with the control's probabilities as the base."""
    keys, others = (one.decision_ms * (1 << 16) + one.symbol for one in (outcome, control))
    _, rows, partners = np.intersect1d(keys, others, return_indices=True)
    return replace(outcome.take(rows), base=control.p[partners])
