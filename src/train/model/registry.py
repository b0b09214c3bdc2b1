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
    """The kinds that a request names, in its order."""
    known = {**MODELS, **foundation_kinds(request, card)}
    unknown = [name for name in request.models if name not in known]
    if unknown:
        expected = "one of " + ", ".join(known)
        raise Failure("usage", what="model", found=f"'{unknown[0]}'", expected=expected, where="--models")
    return [known[name] for name in request.models]


def kind_of_card(model: Mapping[str, Any], request: Request, card: Card, where: Path) -> ModelKind:
    """The kind of a stored model."""
    known = {**MODELS, **foundation_kinds(request, card)}
    name = str(model["model"])
    if name not in known:
        expected = "one of " + ", ".join(known)
        raise Failure("usage", what="model", found=f"'{name}'", expected=expected, where=str(where))
    return known[name]


def foundation_kinds(request: Request, card: Card) -> dict[str, ModelKind]:
    if request.foundation is None:
        return {}
    from train.model.foundation_models import kinds_of_source

    return {kind.name: kind for kind in kinds_of_source(request.foundation, card, request.seed)}
