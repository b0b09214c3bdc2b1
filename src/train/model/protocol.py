"""What a kind of model does, and what a fitted one gives. Judging knows nothing else of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from train.dataset.parts import Part
from train.dataset.samples import Samples
from train.model.inputs import Inputs


@dataclass(frozen=True)
class Settings:
    features: tuple[str, ...]
    seed: int
    threads: int


class Fitted(Protocol):
    @property
    def inputs(self) -> Inputs:
        """Which features it reads and which of them may be null."""
        ...

    @property
    def trees(self) -> int | None:
        """Their number, where it has any."""
        ...

    @property
    def detail(self) -> str:
        """What a person should know of how it was fitted; empty if nothing."""
        ...

    def raw(self, rows: Samples) -> np.ndarray:
        """Scores of rows that `inputs` finds usable, in the model's own scale."""
        ...

    def p_up(self, raw: np.ndarray) -> np.ndarray: ...

    def importance(self) -> Mapping[str, float]:
        """Non-negative, by feature, in any scale."""
        ...

    def content(self) -> bytes:
        """The model file: the same model gives the same bytes."""
        ...

    def options(self) -> Mapping[str, Any]: ...


class ModelKind(Protocol):
    name: str
    file_name: str
    #: A model that reads no feature has nothing that placebos could catch.
    reads_features: bool
    #: A model that is not trained cannot be trained on shuffled labels.
    is_trained: bool
    #: The kind of a control that it must beat, which runs before it; None where it has none.
    control: str | None

    def seen(self, samples: Samples, say: Callable[[str], None]) -> Samples:
        """The rows with the features that this kind reads; `say` is told how far a long computation is."""
        ...

    def features(self, settings: Settings) -> tuple[str, ...]:
        """Names of the columns of `seen`."""
        ...

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        """A fitted model, or in words why there is none."""
        ...

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted: ...

    def control_kind(self, seed: int) -> ModelKind | None:
        """That of `control`, for a run that has only the finished model."""
        ...


@dataclass(frozen=True)
class Prediction:
    """P(UP) by row, NaN where the model refuses the row, and which features are to blame how often."""

    p_up: np.ndarray
    refused: Mapping[str, int]


class ReadsDataset:
    """What kinds have in common that read the features of the dataset as they are."""

    control: str | None = None

    def seen(self, samples: Samples, say: Callable[[str], None]) -> Samples:
        return samples

    def features(self, settings: Settings) -> tuple[str, ...]:
        return settings.features

    def control_kind(self, seed: int) -> ModelKind | None:
        return None


def predict(fitted: Fitted, rows: Samples) -> Prediction:
    usable, refused = fitted.inputs.usable(rows.features)
    p_up = np.full(len(rows), np.nan)
    if np.any(usable):
        p_up[usable] = fitted.p_up(fitted.raw(rows.take(usable)))
    return Prediction(p_up, refused)


def logistic(raw: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 / (1.0 + np.exp(-raw)))
