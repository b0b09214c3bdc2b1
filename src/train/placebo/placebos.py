"""Runs the placebos of a kind of model and rules on each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from train.dataset.card import Card
from train.dataset.samples import Samples
from train.judge.fold_runs import Disturbance, pooled_outcome, run_fold
from train.model.protocol import ModelKind, Settings
from train.placebo.disturbances import clock_columns, days_older, minute_later, shuffled_labels
from train.placebo.rules import (
    LEAK_RULE,
    SHUFFLED_RULE,
    SINGLE_RULE,
    Ruling,
    Run,
    rule_leak,
    rule_shuffled,
    rule_single,
    run_of,
)

SHUFFLES = 20
SHUFFLES_QUICK = 5
#: All shifts of whole days among the rows, up to this many days.
DAYS_OLD_MAX = 20
DAYS_OLD_QUICK = 2

KINDS = ("shuffled", "day_old", "martingale", "planted_leak")
RULES = {"shuffled": SHUFFLED_RULE, "day_old": SINGLE_RULE, "martingale": SINGLE_RULE, "planted_leak": LEAK_RULE}


@dataclass(frozen=True)
class Bench:
    """What all placebos of a training share. `samples` are without sealed rows; `martingale` too."""

    card: Card
    samples: Samples
    martingale: Samples | str
    settings: Settings
    is_quick: bool

    @property
    def shuffles(self) -> int:
        return SHUFFLES_QUICK if self.is_quick else SHUFFLES

    @property
    def days_old(self) -> int:
        days = int(np.ptp(self.samples.day)) if len(self.samples) else 0
        return min(days, DAYS_OLD_QUICK if self.is_quick else DAYS_OLD_MAX)

    def steps(self, kind: ModelKind) -> int:
        if not kind.reads_features:
            return 0
        return self.days_old + (self.shuffles + 2 if kind.is_trained else 0)


def placebos_required(kind: ModelKind) -> frozenset[str]:
    """Those that say something of a kind of model, and so may not be left out of its verdict."""
    if not kind.reads_features:
        return frozenset()
    return frozenset(KINDS) if kind.is_trained else frozenset({"day_old"})


def placebos_not_run(why: str) -> list[dict[str, Any]]:
    return [_document(kind, why, []) for kind in KINDS]


def run_placebos(kind: ModelKind, bench: Bench, step: Callable[[str], None]) -> list[dict[str, Any]]:
    """One document per placebo. `step` is told each run as it ends."""

    def run(label: str, samples: Samples, disturb: Disturbance | None = None) -> Run:
        runs = [run_fold(kind, samples, limits, bench.settings, disturb) for limits in bench.card.folds]
        step(f"{kind.name} placebo {label}")
        return run_of(label, pooled_outcome(runs), bench.settings.seed)

    seed = bench.settings.seed
    if not kind.reads_features:
        return placebos_not_run("it reads no feature, so that no placebo could show anything of it")
    if not kind.is_trained:
        return _of_untrained(bench, run)
    shuffled = [run(f"shuffle {n}", bench.samples, shuffled_labels(seed, n)) for n in range(1, bench.shuffles + 1)]
    clocks = clock_columns(bench.samples)
    old = [run(_days(n), days_older(bench.samples, n, clocks)) for n in range(1, bench.days_old + 1)]
    leak = run("one minute later", minute_later(bench.samples))
    return [
        _document("shuffled", rule_shuffled(shuffled), shuffled),
        _document("day_old", _with_clocks(rule_single(old), clocks, bench), old),
        _martingale(bench, lambda samples: run("martingale", samples)),
        _document("planted_leak", rule_leak(leak), [leak]),
    ]


def _of_untrained(bench: Bench, run: Callable[[str, Samples], Run]) -> list[dict[str, Any]]:
    """A model that comes trained: its forecasts of earlier days are the one placebo that can be made of it."""
    old = [
        run(_days(n), days_older(bench.samples, n, clock_columns(bench.samples))) for n in range(1, bench.days_old + 1)
    ]
    return [
        _document("shuffled", "it is not trained on these labels; its control has random weights instead", []),
        _document("day_old", rule_single(old), old),
        _document("martingale", "a martingale has no closes to forecast from; its control sees the true ones", []),
        _document("planted_leak", "it is not trained, so that it cannot learn to use a leak", []),
    ]


def _martingale(bench: Bench, run: Callable[[Samples], Run]) -> dict[str, Any]:
    if isinstance(bench.martingale, str):
        return _document("martingale", bench.martingale, [])
    runs = [run(bench.martingale)]
    return _document("martingale", rule_single(runs), runs)


def _with_clocks(ruling: Ruling | str, clocks: np.ndarray, bench: Bench) -> Ruling | str:
    names = [name for name, is_clock in zip(bench.settings.features, clocks, strict=True) if is_clock]
    if isinstance(ruling, str) or not names:
        return ruling
    return Ruling(ruling.clean, f"{ruling.detail}; left out, since they tell only the time of day: {', '.join(names)}")


def _days(days: int) -> str:
    return "1 day old" if days == 1 else f"{days} days old"


def _document(kind: str, ruling: Ruling | str, runs: Sequence[Run]) -> dict[str, Any]:
    if isinstance(ruling, str):
        status, detail = "not_run", ruling
    else:
        status, detail = "clean" if ruling.clean else "not_clean", ruling.detail
    return {
        "kind": kind,
        "status": status,
        "rule": RULES[kind],
        "detail": detail,
        "runs": [run.document() for run in runs],
    }
