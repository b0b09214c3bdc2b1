"""Which rows a fold learns from and which it is judged on: only the rules of the card, never a decision of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from train.dataset.card import Limits
from train.dataset.samples import DOWN, FLAT, UP, Samples

#: Fewer rows of a side say nothing about it.
TRAIN_ROWS_MIN = 50
TUNE_ROWS_MIN = 50
TEST_ROWS_MIN = 20


@dataclass(frozen=True)
class Part:
    """Rows to learn from, without FLAT ones, and the inner split for tuning if there is one."""

    train: Samples
    tune_train: Samples | None
    tune: Samples | None
    tuning_detail: str


def train_mask(samples: Samples, limits: Limits) -> np.ndarray:
    begins = samples.decision_ms >= limits.train_from_ms
    return (samples.fold != -1) & begins & (samples.label_end_ms <= limits.train_until_ms)


def test_mask(samples: Samples, limits: Limits) -> np.ndarray:
    return samples.fold == limits.fold


def directed(samples: Samples) -> np.ndarray:
    return samples.label != FLAT


def training_part(samples: Samples, limits: Limits) -> Part | str:
    """The rows that a fold learns from, or in words why it cannot."""
    train = samples.take(train_mask(samples, limits) & directed(samples))
    lack = lack_of(train, TRAIN_ROWS_MIN)
    if lack is not None:
        return f"training part: {lack}"
    if limits.tune_from_ms is None or limits.tune_train_until_ms is None:
        return Part(train, None, None, "no tuning: the training part is too short for a tuning split")
    tune_train = train.take(train.label_end_ms <= limits.tune_train_until_ms)
    tune = train.take(train.decision_ms >= limits.tune_from_ms)
    for name, rows in (("rows before the tuning split", tune_train), ("tuning split", tune)):
        lack = lack_of(rows, TUNE_ROWS_MIN)
        if lack is not None:
            return Part(train, None, None, f"no tuning: {name}: {lack}")
    return Part(train, tune_train, tune, "")


def lack_of(samples: Samples, rows_min: int) -> str | None:
    """What is missing for two classes to be told apart; None if nothing is."""
    if len(samples) < rows_min:
        return f"{len(samples)} rows that went UP or DOWN, fewer than {rows_min}"
    for code, name in ((UP, "UP"), (DOWN, "DOWN")):
        if not np.any(samples.label == code):
            return f"no row is {name}"
    return None
