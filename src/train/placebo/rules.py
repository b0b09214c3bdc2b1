"""
When a placebo is clean. Each rule is wrong about one honest model of a hundred, whatever the number of runs.

A run's AUC is tested by its error over blocks of time. Shuffles are tested among each other instead: a
model of few features that truly tell something lands as often above 0.5 as below when it learns from shuffled
labels, and far from it, so that its single runs say nothing; their mean does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from train.judge.blocks import block_sums, point, spreads
from train.judge.metrics import why_not_judged
from train.judge.outcome import Outcome

#: How often a rule may call an honest model not clean.
FALSE_ALARM = 0.01
#: A mean of shuffles nearer to 0.5 than this harms no verdict, however surely it differs.
MEAN_DISTANCE_MIN = 0.005
SHUFFLES_MIN = 3

SHUFFLED_RULE = (
    f"the mean AUC of the runs is 0.5, by a t-test over the runs at {FALSE_ALARM:.0%}, "
    f"or within {MEAN_DISTANCE_MIN} of it"
)
SINGLE_RULE = (
    f"no run's AUC differs from 0.5 at {FALSE_ALARM:.0%}, divided by the number of runs (Bonferroni), "
    "by its error over blocks of 4 hours and of days, the larger"
)
LEAK_RULE = "the leak is found: the 95 % interval of AUC, by blocks of 4 hours and of days, lies above 0.5"


@dataclass(frozen=True)
class Run:
    label: str
    auc: float | None
    #: The lower of both lows and the higher of both highs.
    auc_low: float | None
    auc_high: float | None
    log_loss_skill: float | None
    #: How likely so large a distance from 0.5 is by chance; None where it cannot be told.
    p_value: float | None

    def document(self) -> dict[str, Any]:
        names = ("label", "auc", "auc_low", "auc_high", "log_loss_skill")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Ruling:
    clean: bool
    detail: str


def run_of(label: str, outcome: Outcome | None, seed: int) -> Run:
    nothing = Run(label, None, None, None, None, None)
    if outcome is None:
        return nothing
    directed = outcome.directed()
    if why_not_judged(directed) is not None:
        return nothing
    sums = [block_sums(directed, block) for block in (directed.block, directed.day)]
    values = point(sums[0])
    auc = values["auc"]
    if not np.isfinite(auc):
        return nothing
    known = [found["auc"] for one in sums if (found := spreads(one, seed)) is not None and "auc" in found]
    if not known:
        return Run(label, auc, None, None, values["log_loss_skill"], None)
    low, high = min(one.low for one in known), max(one.high for one in known)
    p_value = max(_p_value(auc, one.error, one.blocks) for one in known)
    return Run(label, auc, low, high, values["log_loss_skill"], p_value)


def rule_shuffled(runs: Sequence[Run]) -> Ruling | str:
    """The ruling, or in words why there is none."""
    values = np.array([run.auc for run in runs if run.auc is not None])
    if len(values) < SHUFFLES_MIN:
        return f"{len(values)} runs could be judged, fewer than {SHUFFLES_MIN}"
    mean, deviation = float(values.mean()), float(values.std(ddof=1))
    p_value = _p_value(mean, deviation / np.sqrt(len(values)), len(values))
    clean = p_value >= FALSE_ALARM or abs(mean - 0.5) < MEAN_DISTANCE_MIN
    return Ruling(clean, f"mean AUC {mean:.4f} of {len(values)} runs, p {p_value:.3f}")


def rule_single(runs: Sequence[Run]) -> Ruling | str:
    known = [(run.p_value, run.auc, run.label) for run in runs if run.p_value is not None and run.auc is not None]
    if not known:
        return "no run has blocks enough to be judged"
    p_value, auc, label = min(known)
    corrected = min(1.0, p_value * len(known))
    runs_word = "1 run" if len(known) == 1 else f"{len(known)} runs"
    return Ruling(
        corrected >= FALSE_ALARM, f"{runs_word}; furthest from 0.5: AUC {auc:.4f} ({label}), p {corrected:.3f}"
    )


def rule_leak(run: Run) -> Ruling | str:
    if run.auc is None or run.auc_low is None:
        return "the run has too few rows or blocks to be judged"
    words = f"AUC {run.auc:.4f}, at least {run.auc_low:.4f}"
    if run.auc_low > 0.5:
        return Ruling(True, f"found: {words}")
    return Ruling(False, f"not found: {words}; where a planted leak is not seen, skill would not be seen either")


def _p_value(value: float, error: float, draws: int) -> float:
    distance = abs(value - 0.5)
    if error == 0 or draws < 2:
        return 1.0 if distance < 1e-12 else 0.0
    return float(2 * stats.t.sf(distance / error, draws - 1))
