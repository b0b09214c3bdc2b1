"""Fits a kind of model for each fold of a card and predicts its test rows. Placebos run through the same lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from train.dataset.card import Limits
from train.dataset.parts import test_mask, training_part
from train.dataset.samples import Samples
from train.judge.outcome import Outcome, outcome_of, pooled
from train.model.inputs import FORECAST, named
from train.model.protocol import Fitted, ModelKind, Prediction, Settings, predict
from train.model.simple_models import base_rate

#: Changes what a fold learns from, and nothing that it is judged by; knows the fold's training rows.
Disturbance = Callable[[Samples, Limits], Samples]


@dataclass(frozen=True)
class FoldRun:
    limits: Limits
    train_rows: int
    test: Samples
    #: By test row, NaN where there is no prediction.
    p_up: np.ndarray
    base: float | None
    fitted: Fitted | None
    detail: str

    @property
    def outcome(self) -> Outcome | None:
        return None if self.base is None else outcome_of(self.test, self.p_up, self.base)


def run_fold(
    kind: ModelKind, samples: Samples, limits: Limits, settings: Settings, disturb: Disturbance | None = None
) -> FoldRun:
    test = samples.take(test_mask(samples, limits))
    nothing = np.full(len(test), np.nan)
    part = training_part(samples if disturb is None else disturb(samples, limits), limits)
    if isinstance(part, str):
        return FoldRun(limits, 0, test, nothing, None, None, part)
    fitted = kind.fit(part, settings)
    if isinstance(fitted, str):
        return FoldRun(limits, len(part.train), test, nothing, None, None, fitted)
    prediction = predict(fitted, test)
    detail = "; ".join(one for one in (fitted.detail, words_of_refused(prediction)) if one)
    return FoldRun(limits, len(part.train), test, prediction.p_up, base_rate(part.train), fitted, detail)


def words_of_refused(prediction: Prediction) -> str:
    rows = int(np.count_nonzero(np.isnan(prediction.p_up)))
    if rows == 0:
        return ""
    names = named(prediction.refused)
    if names == FORECAST:
        return f"{rows} test rows are left out: no forecast counts there"
    return f"{rows} test rows are left out: null in {names}, where the model learned of no null"


def pooled_outcome(runs: list[FoldRun]) -> Outcome | None:
    outcomes = [run.outcome for run in runs]
    known = [one for one in outcomes if one is not None]
    return pooled(known) if known else None
