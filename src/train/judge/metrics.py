"""The metrics of a set of rows as evaluation.json holds them: values with intervals by 4 hours and by days."""

from __future__ import annotations

from typing import Any

import numpy as np

from train.dataset.parts import TEST_ROWS_MIN
from train.judge.blocks import STATISTICS, block_sums, point, spreads
from train.judge.calibration import calibration_error, calibration_slope
from train.judge.outcome import Outcome

NO_INTERVAL = {"value": None, "low_4h": None, "high_4h": None, "low_day": None, "high_day": None}


def no_metrics(rows: int) -> dict[str, Any]:
    nothing = {name: dict(NO_INTERVAL) for name in STATISTICS}
    return {"rows": rows, **nothing, "calibration_slope": None, "calibration_error": None}


def why_not_judged(directed: Outcome) -> str | None:
    """In words why rows cannot be judged; None if they can."""
    if len(directed) < TEST_ROWS_MIN:
        return f"{len(directed)} rows to judge by, fewer than {TEST_ROWS_MIN}"
    if directed.up.all() or not directed.up.any():
        return f"all {len(directed)} rows went {'UP' if directed.up.all() else 'DOWN'}: nothing to tell apart"
    return None


def metrics_of(directed: Outcome, seed: int) -> dict[str, Any]:
    """`directed` has no FLAT rows and both classes."""
    by_kind = {"4h": directed.block, "day": directed.day}
    sums = {kind: block_sums(directed, block) for kind, block in by_kind.items()}
    values = point(sums["day"])
    found: dict[str, Any] = {name: {**NO_INTERVAL, "value": _number(values[name])} for name in STATISTICS}
    for kind, one in sums.items():
        for name, spread in (spreads(one, seed) or {}).items():
            if found[name]["value"] is not None:
                found[name] |= {f"low_{kind}": spread.low, f"high_{kind}": spread.high}
    slope, error = calibration_slope(directed), calibration_error(directed)
    return {"rows": len(directed), **found, "calibration_slope": slope, "calibration_error": error}


def _number(value: float) -> float | None:
    """AUC is undefined where no fold has both classes."""
    return value if np.isfinite(value) else None
