"""The two models that every other has to beat: the training part's base rate, and the sign of the last return."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from train.dataset.parts import Part
from train.dataset.samples import UP, Samples
from train.model.inputs import NO_INPUTS, Inputs, inputs_of_card
from train.model.protocol import Fitted, ReadsDataset, Settings

LAST_RETURN = "return_5m"


@dataclass(frozen=True)
class FittedSimple:
    """`p_after_up` after a rise, `p_after_down` after a fall, `p_still` where the price did not move."""

    kind: str
    inputs: Inputs
    trees: int | None
    detail: str
    p_still: float
    p_after_up: float
    p_after_down: float

    def raw(self, rows: Samples) -> np.ndarray:
        if not self.inputs.columns:
            return np.full(len(rows), self.p_still)
        last = rows.features[:, self.inputs.columns[0]]
        return np.where(last > 0, self.p_after_up, np.where(last < 0, self.p_after_down, self.p_still))

    def p_up(self, raw: np.ndarray) -> np.ndarray:
        return raw

    def importance(self) -> Mapping[str, float]:
        return {name: 1.0 for name in self.inputs.names}

    def content(self) -> bytes:
        numbers = {"p_still": self.p_still, "p_after_up": self.p_after_up, "p_after_down": self.p_after_down}
        document = {"kind": self.kind, "features": list(self.inputs.names), **numbers}
        return (json.dumps(document, indent=1) + "\n").encode()

    def options(self) -> Mapping[str, Any]:
        return {}


class ConstantKind(ReadsDataset):
    name = "constant"
    file_name = "model.json"
    reads_features = False
    is_trained = True

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        rate = base_rate(part.train)
        return FittedSimple(self.name, NO_INPUTS, None, "", rate, rate, rate)

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        return _load(self.name, folder, self.file_name, card)


class LastSignKind(ReadsDataset):
    name = "last_sign"
    file_name = "model.json"
    reads_features = True
    is_trained = True

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        if LAST_RETURN not in settings.features:
            return f"the dataset has no feature {LAST_RETURN}"
        column = settings.features.index(LAST_RETURN)
        last = part.train.features[:, column]
        if np.all(np.isnan(last)):
            return f"{LAST_RETURN} is null in every training row"
        moved = np.abs(last) > 0
        hits = (last > 0) == (part.train.label == UP)
        weight = part.train.weight
        # One hit and one miss more than there were keep the probability off 0 and 1 (Laplace).
        rate = float((weight[moved & hits].sum() + 1) / (weight[moved].sum() + 2))
        still = base_rate(part.train)
        inputs = Inputs((LAST_RETURN,), (column,), (False,), {})
        return FittedSimple(self.name, inputs, None, "", still, rate, 1 - rate)

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        return _load(self.name, folder, self.file_name, card)


def base_rate(samples: Samples) -> float:
    """The weighted share of UP among rows that went somewhere: what every model is measured against."""
    return float(samples.weight[samples.label == UP].sum() / samples.weight.sum())


def _load(kind: str, folder: Path, file_name: str, card: Mapping[str, Any]) -> Fitted:
    document = json.loads((folder / file_name).read_text())
    inputs = inputs_of_card(card, tuple(card["dataset_features"]))
    numbers = (float(document[name]) for name in ("p_still", "p_after_up", "p_after_down"))
    return FittedSimple(kind, inputs, None, "", *numbers)
