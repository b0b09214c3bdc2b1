"""Logistic regression with a ridge, on features standardised by the training rows alone. It takes no
nulls; the ridge is chosen on the tuning split, as the number of trees is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from train.dataset.parts import TRAIN_ROWS_MIN, Part, lack_of
from train.dataset.samples import UP, Samples
from train.model.inputs import Inputs, inputs_of, inputs_of_card, named, words_of_left_out
from train.model.protocol import Fitted, ReadsDataset, Settings, logistic

#: Inverse strengths of the ridge to choose from on the tuning split, the strongest first.
INVERSE_RIDGES = (0.0001, 0.001, 0.01, 0.1)
INVERSE_RIDGE_WITHOUT_TUNING = 0.001
ITERATIONS_MAX = 1000


@dataclass(frozen=True)
class FittedLogistic:
    inputs: Inputs
    trees: int | None
    detail: str
    mean: np.ndarray
    scale: np.ndarray
    coefficients: np.ndarray
    intercept: float
    inverse_ridge: float

    def raw(self, rows: Samples) -> np.ndarray:
        standardised = (self.inputs.matrix(rows.features).astype(np.float64) - self.mean) / self.scale
        return np.asarray(standardised @ self.coefficients + self.intercept)

    def p_up(self, raw: np.ndarray) -> np.ndarray:
        return logistic(raw)

    def importance(self) -> Mapping[str, float]:
        return dict(zip(self.inputs.names, np.abs(self.coefficients).tolist(), strict=True))

    def content(self) -> bytes:
        columns = {"mean": self.mean, "scale": self.scale, "coefficients": self.coefficients}
        numbers = {name: column.tolist() for name, column in columns.items()}
        document = {"kind": "logistic", "features": list(self.inputs.names), **numbers, "intercept": self.intercept}
        return (json.dumps(document, indent=1) + "\n").encode()

    def options(self) -> Mapping[str, Any]:
        return {"inverse_ridge": self.inverse_ridge}


class LogisticKind(ReadsDataset):
    name = "logistic"
    file_name = "model.json"
    reads_features = True
    is_trained = True

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        inputs = inputs_of(part.train.features, settings.features, takes_nulls=False)
        if isinstance(inputs, str):
            return inputs
        usable, refused = inputs.usable(part.train.features)
        train = part.train.take(usable)
        lack = lack_of(train, TRAIN_ROWS_MIN)
        if lack is not None:
            return f"rows without nulls: {lack}"
        inverse_ridge = _chosen_ridge(part, inputs)
        details = [
            part.tuning_detail,
            words_of_left_out(inputs),
            _words_of_refused(len(part.train) - len(train), refused),
        ]
        detail = "; ".join(one for one in details if one)
        return _fitted(train, inputs, inverse_ridge, detail)

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        document = json.loads((folder / self.file_name).read_text())
        mean, scale, coefficients = (np.array(document[name]) for name in ("mean", "scale", "coefficients"))
        inputs = inputs_of_card(card, tuple(card["dataset_features"]))
        intercept, inverse_ridge = float(document["intercept"]), float(card["options"]["inverse_ridge"])
        return FittedLogistic(inputs, None, "", mean, scale, coefficients, intercept, inverse_ridge)


def _fitted(train: Samples, inputs: Inputs, inverse_ridge: float, detail: str) -> FittedLogistic:
    matrix = inputs.matrix(train.features).astype(np.float64)
    mean, deviation = matrix.mean(axis=0), matrix.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0)
    regression = LogisticRegression(C=inverse_ridge, max_iter=ITERATIONS_MAX, tol=1e-6)
    regression.fit((matrix - mean) / scale, train.label, sample_weight=train.weight)
    intercept = float(regression.intercept_[0])
    return FittedLogistic(inputs, None, detail, mean, scale, regression.coef_[0], intercept, inverse_ridge)


def _chosen_ridge(part: Part, inputs: Inputs) -> float:
    """The ridge of the lowest log loss on the tuning split; the stronger one of equals."""
    if part.tune_train is None or part.tune is None:
        return INVERSE_RIDGE_WITHOUT_TUNING
    train, tune = (rows.take(inputs.usable(rows.features)[0]) for rows in (part.tune_train, part.tune))
    if lack_of(train, TRAIN_ROWS_MIN) is not None or len(tune) == 0:
        return INVERSE_RIDGE_WITHOUT_TUNING
    losses = [_loss(_fitted(train, inputs, one, ""), tune) for one in INVERSE_RIDGES]
    return INVERSE_RIDGES[int(np.argmin(losses))]


def _loss(fitted: FittedLogistic, rows: Samples) -> float:
    margin = np.where(rows.label == UP, 1.0, -1.0) * fitted.raw(rows)
    return float(np.average(np.logaddexp(0.0, -margin), weights=rows.weight))


def _words_of_refused(rows: int, refused: Mapping[str, int]) -> str:
    if rows == 0:
        return ""
    return f"{rows} training rows are left out for nulls of {named(refused)}"
