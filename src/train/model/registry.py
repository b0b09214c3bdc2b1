"""Every model by name. A foundation model needs its source, so its kinds are made when a run asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from train.dataset.card import Card
from train.failure import Failure
from train.model.lightgbm_model import LightgbmKind
from train.model.logistic_model import LogisticKind
from train.model.protocol import ModelKind
from train.model.simple_models import ConstantKind, LastSignKind
from train.model.xgboost_model import XgboostKind
from train.request import Request

MODELS: dict[str, ModelKind] = {
    kind.name: kind for kind in (LightgbmKind(), XgboostKind(), LogisticKind(), LastSignKind(), ConstantKind())
}


def kinds_of(request: Request, card: Card) -> list[ModelKind]:
    """The kinds that a request names, in its order, then its foundation model with both controls."""
    unknown = [name for name in request.models if name not in MODELS]
    if unknown:
        expected = "one of " + ", ".join(MODELS)
        raise Failure("usage", what="model", found=f"'{unknown[0]}'", expected=expected, where="--models")
    named = [MODELS[name] for name in request.models]
    if request.foundation is None:
        return named
    from train.model.foundation_models import kinds_of_source

    return [*named, *kinds_of_source(request.foundation, card, request.seed)]


def kind_of_card(model: Mapping[str, Any], card: Card, where: Path) -> ModelKind:
    """The kind of a stored model, as its card tells it."""
    name = str(model["model"])
    if name in MODELS:
        return MODELS[name]
    from train.model.foundation_models import kind_of_options

    kind = kind_of_options(name, model["options"], card)
    if kind is None:
        raise Failure("data", what="model", found=f"'{name}'", expected="a known kind of model", where=str(where))
    return kind
