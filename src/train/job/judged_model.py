"""What evaluation.json says of one model, from its runs over the folds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from train.dataset.card import iso_text
from train.dataset.samples import MINUTE_MS, Samples
from train.judge.calibration import calibration_bins
from train.judge.fold_runs import FoldRun, pooled_outcome
from train.judge.metrics import metrics_of, no_metrics, why_not_judged
from train.judge.money import break_even_accuracy, confidence_deciles, mean_abs_return_bps
from train.judge.rotation import rotation_p_value
from train.judge.verdict import not_judged
from train.model.protocol import Fitted


def why_no_model(runs: Sequence[FoldRun]) -> str | None:
    """In words why the pooled rows cannot be judged; None if they can."""
    pooled = pooled_outcome(list(runs))
    if pooled is None:
        reasons = list(dict.fromkeys(run.detail for run in runs))
        return f"no fold could be learned from: {'; '.join(reasons)}"
    return why_not_judged(pooled.directed())


def judged_model(name: str, runs: Sequence[FoldRun], costs_bps: tuple[float, ...], seed: int) -> dict[str, Any]:
    """All but seconds, importance, placebos and verdict."""
    pooled = pooled_outcome(list(runs))
    lack = why_no_model(runs)
    directed = None if pooled is None else pooled.directed()
    document: dict[str, Any] = {
        "name": name,
        "status": "not_judged",
        "detail": lack or "",
        "seconds": 0.0,
        "pooled": no_metrics(0 if directed is None else len(directed)),
        "folds": [_fold(run, seed) for run in runs],
        "calibration": [],
        "confidence": [],
        "importance": [],
        "p_value": None,
        "placebos": [],
        "verdict": not_judged(lack or ""),
    }
    if lack is not None or pooled is None or directed is None:
        return document
    return {
        **document,
        "status": "judged",
        "pooled": metrics_of(directed, seed),
        "calibration": calibration_bins(directed),
        "confidence": confidence_deciles(pooled, costs_bps),
        "p_value": rotation_p_value(directed, seed),
    }


def importance_of(fitted: Fitted) -> list[dict[str, Any]]:
    values = fitted.importance()
    total = sum(values.values())
    shares = {name: value / total if total > 0 else 0.0 for name, value in values.items()}
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"feature": name, "share": share} for name, share in ordered]


def costs_of(rows: Samples, costs_bps: Sequence[float]) -> tuple[float | None, list[dict[str, Any]]]:
    mean_abs = mean_abs_return_bps(rows.ret_bps)
    costs = [{"round_trip_bps": cost, "break_even_accuracy": break_even_accuracy(mean_abs, cost)} for cost in costs_bps]
    return mean_abs, costs


def _fold(run: FoldRun, seed: int) -> Mapping[str, Any]:
    outcome = run.outcome
    directed = None if outcome is None else outcome.directed()
    lack = run.detail if directed is None else why_not_judged(directed)
    metrics = metrics_of(directed, seed) if directed is not None and lack is None else None
    last_ms = run.limits.test_to_ms - MINUTE_MS
    details = [lack or "", run.detail if directed is not None else ""]
    return {
        "fold": run.limits.fold,
        "from": iso_text(run.limits.test_from_ms - MINUTE_MS)[:10],
        "to": iso_text(last_ms - MINUTE_MS)[:10],
        "train_rows": run.train_rows,
        "test_rows": int(np.count_nonzero(run.test.label != -1)),
        "base_rate": run.base,
        "trees": None if run.fitted is None else run.fitted.trees,
        "status": "not_judged" if metrics is None else "judged",
        "detail": "; ".join(detail for detail in details if detail),
        "metrics": metrics,
    }
