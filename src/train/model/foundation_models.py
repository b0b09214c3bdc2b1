"""
A foundation model as kinds of models: itself, its control with random weights, and the last value. None is
trained here. Their one feature is their own forecast, so that folds and placebos treat them like the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from train.dataset.card import Card
from train.dataset.parts import Part
from train.dataset.samples import MINUTE_MS, Samples
from train.failure import Failure
from train.foundation.closes_file import read_closes
from train.foundation.model import LAST_VALUE_RULE, FoundationModel, last_value_p_up, load
from train.foundation.release import parse_weights_date
from train.model.inputs import FORECAST, NO_INPUTS, Inputs
from train.model.protocol import Fitted, ModelKind, ReadsDataset, Settings
from train.request import FoundationSource

LAST_VALUE = "last_value"
Says = Callable[[str], None]


@dataclass(frozen=True)
class FittedForecast:
    inputs: Inputs
    trees: int | None
    detail: str
    card: Mapping[str, Any]

    def raw(self, rows: Samples) -> np.ndarray:
        column = self.inputs.columns[0] if self.inputs.columns else None
        return last_value_p_up(len(rows)) if column is None else rows.features[:, column].astype(np.float64)

    def p_up(self, raw: np.ndarray) -> np.ndarray:
        return raw

    def importance(self) -> Mapping[str, float]:
        return {}

    def content(self) -> bytes:
        return (json.dumps(self.card, indent=1) + "\n").encode()

    def options(self) -> Mapping[str, Any]:
        return self.card


@dataclass
class ForecastKind:
    """`control` is the name of the kind that this one must beat; None for a control."""

    name: str
    model: FoundationModel
    dataset: Card
    control: str | None
    file_name: str = "model.json"
    reads_features: bool = True
    is_trained: bool = False

    def seen(self, samples: Samples, say: Says) -> Samples:
        """The rows with the forecast as their one feature; NaN where a row does not count, or nothing is known."""
        counts = self.model.release.counts(samples.decision_ms)
        column = np.full((len(samples), 1), np.nan)
        if np.any(counts):
            rows = samples.take(counts)
            symbols = [self.dataset.symbols[number] for number in rows.symbol]
            closes = _closes(self.dataset)
            progress = _each_percent(self.name, say)
            column[counts, 0] = self.model.p_up(closes, (symbols, rows.decision_ms), self._horizon_minutes(), progress)
        return samples.with_features(column)

    def features(self, settings: Settings) -> tuple[str, ...]:
        return (FORECAST,)

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        return self._fitted()

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        return self._fitted()

    def control_kind(self, seed: int) -> ForecastKind | None:
        if self.control is None:
            return None
        return ForecastKind(self.control, self.model.random_control(seed), self.dataset, None)

    def _fitted(self) -> Fitted:
        return FittedForecast(Inputs((FORECAST,), (0,), (False,), {}), None, self.model.release.text, self.model.card())

    def _horizon_minutes(self) -> int:
        if self.dataset.horizon_ms % MINUTE_MS != 0:
            found, expected = f"{self.dataset.horizon_ms} ms", "whole minutes, in which its closes are"
            raise Failure("data", what="horizon", found=found, expected=expected, where=self.dataset.where)
        return self.dataset.horizon_ms // MINUTE_MS


class LastValueKind(ReadsDataset):
    name = LAST_VALUE
    file_name = "model.json"
    reads_features = False
    is_trained = False

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        return FittedForecast(NO_INPUTS, None, LAST_VALUE_RULE, {"kind": LAST_VALUE, "rule": LAST_VALUE_RULE})

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        return FittedForecast(NO_INPUTS, None, LAST_VALUE_RULE, {"kind": LAST_VALUE, "rule": LAST_VALUE_RULE})


def kinds_of_source(source: FoundationSource, dataset: Card, seed: int) -> list[ModelKind]:
    """The model, its control with random weights of the same shape, and the last value: always the three."""
    day = None if source.weights_date is None else parse_weights_date(source.weights_date)
    model = load(source.source, kind=source.kind, weights_date=day)
    kind = ForecastKind(source.kind, model, dataset, control_name(source.kind))
    control = ForecastKind(control_name(source.kind), model.random_control(seed), dataset, None)
    return [kind, control, LastValueKind()]


def control_name(name: str) -> str:
    return f"{name}-random"


def kind_of_options(name: str, options: Mapping[str, Any], dataset: Card) -> ModelKind | None:
    """The kind of a stored foundation model, from what its card says of its source; None for other kinds."""
    if name == LAST_VALUE:
        return LastValueKind()
    if "context_minutes" not in options:
        return None
    day = options["release_date"]
    model = load(str(options["source"]), kind=str(options["kind"]), weights_date=day and parse_weights_date(day))
    found, listed = model.card()["weights"]["sha256"], options["weights"]["sha256"]
    if found != listed:
        expected = f"{listed}, those that were judged"
        raise Failure(
            "data", what="sha256 of the weights", found=found, expected=expected, where=str(options["source"])
        )
    seed = options["control_seed"]
    if seed is None:
        return ForecastKind(name, model, dataset, control_name(name))
    return ForecastKind(name, model.random_control(int(seed)), dataset, None)


def _closes(dataset: Card) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    closes = {}
    for symbol in dataset.symbols:
        listed = dataset.file("closes", symbol)
        if listed is not None:
            closes[symbol] = read_closes(dataset.folder / listed.name)
    return closes


def _each_percent(name: str, say: Says) -> Callable[[int, int], None]:
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        if done * 100 // total > told:
            told = done * 100 // total
            say(f"{name} forecasts: {done} of {total} rows")

    return progress
