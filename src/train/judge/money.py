"""What accuracy would have to be, and what trades of each decile of confidence leave after costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from train.judge.blocks import rightness
from train.judge.calibration import tied_bins
from train.judge.outcome import Outcome

DECILES = 10


def mean_abs_return_bps(ret_bps: np.ndarray) -> float | None:
    return float(np.abs(ret_bps).mean()) if len(ret_bps) else None


def break_even_accuracy(mean_abs_bps: float | None, round_trip_bps: float) -> float | None:
    """Where (2a - 1) mean |return| pays one round trip. Above 1 no accuracy does."""
    if mean_abs_bps is None or mean_abs_bps == 0:
        return None
    return 0.5 + round_trip_bps / (2 * mean_abs_bps)


def confidence_deciles(outcome: Outcome, costs_bps: tuple[float, ...]) -> list[dict[str, Any]]:
    """
    By distance of p from one half, 10 the most confident; equal distances stay together. Money counts FLAT
    rows too, since who trades does not know them beforehand; accuracy does not.
    """
    if len(outcome) == 0:
        return []
    decile = tied_bins(np.abs(outcome.p - 0.5), DECILES)
    return [_decile(outcome.take(decile == one), int(one), costs_bps) for one in np.unique(decile)]


def _decile(rows: Outcome, decile: int, costs_bps: tuple[float, ...]) -> dict[str, Any]:
    directed = rows.directed()
    gross = np.sign(rows.p - 0.5) * rows.ret_bps
    traded = rows.p != 0.5
    accuracy = float(rightness(directed.p, directed.up).mean()) if len(directed) else None
    net = [float(gross[traded].mean() - cost) if traded.any() else None for cost in costs_bps]
    return {"decile": decile, "rows": len(rows), "accuracy": accuracy, "net_bps": net}
