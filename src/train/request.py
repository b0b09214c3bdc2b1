"""The one JSON document on standard input: what to do, with what and where to. Nothing else is read from outside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from train.failure import Failure

THREADS_MAX = 64
COSTS_MAX = 10
COST_BPS_MAX = 1000.0
SEED_MAX = 2**31 - 1


@dataclass(frozen=True)
class FoundationSource:
    kind: str
    source: str
    #: Day of release of its weights; None where it is not known or told by the hub id.
    weights_date: str | None


@dataclass(frozen=True)
class Request:
    command: Literal["train", "evaluate"]
    dataset: Path
    into: Path
    models: tuple[str, ...]
    threads: int
    seed: int
    is_quick: bool
    costs_bps: tuple[float, ...]
    sealed: bool
    again: bool
    model_dir: Path | None
    foundation: FoundationSource | None


def parse_request(text: str) -> Request:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise _usage("request", f"'{error}'", "one JSON document") from error
    if not isinstance(document, dict):
        raise _usage("request", type(document).__name__, "a JSON object")
    command = _choice(document, "command", ("train", "evaluate"))
    model_dir = document.get("model_dir")
    foundation = _foundation(document)
    models = ()
    if command == "train" and (foundation is None or document.get("models") != []):
        models = tuple(_list(document, "models", str))
    if len(set(models)) < len(models):
        raise _usage("models", ", ".join(models), "each model once")
    if command == "evaluate" and not isinstance(model_dir, str):
        raise _usage("model_dir", repr(model_dir), "the folder of a model")
    return Request(
        command="train" if command == "train" else "evaluate",
        dataset=Path(_text(document, "dataset")),
        into=Path(_text(document, "into")),
        models=models,
        threads=_integer(document, "threads", 1, THREADS_MAX),
        seed=_integer(document, "seed", 0, SEED_MAX),
        is_quick=_choice(document, "placebos", ("full", "quick")) == "quick",
        costs_bps=_costs(document),
        sealed=_flag(document, "sealed"),
        again=_flag(document, "again"),
        model_dir=Path(model_dir) if isinstance(model_dir, str) else None,
        foundation=foundation,
    )


def _costs(document: dict[str, Any]) -> tuple[float, ...]:
    costs = _list(document, "costs_bps", (int, float))
    if not 1 <= len(costs) <= COSTS_MAX or not all(0 <= cost <= COST_BPS_MAX for cost in costs):
        raise _usage("costs_bps", repr(costs), f"1 to {COSTS_MAX} numbers from 0 to {COST_BPS_MAX:.0f}")
    return tuple(float(cost) for cost in costs)


def _foundation(document: dict[str, Any]) -> FoundationSource | None:
    value = document.get("foundation")
    if value is None:
        return None
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("kind"), str)
        or not isinstance(value.get("source"), str)
    ):
        raise _usage("foundation", repr(value), "an object with kind and source")
    weights_date = value.get("weights_date")
    if weights_date is not None and not isinstance(weights_date, str):
        raise _usage("weights_date", repr(weights_date), "a day or null")
    return FoundationSource(value["kind"], value["source"], weights_date)


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or value == "":
        raise _usage(name, repr(value), "a path")
    return value


def _choice(document: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = document.get(name)
    if value not in choices:
        raise _usage(name, repr(value), " or ".join(choices))
    return str(value)


def _integer(document: dict[str, Any], name: str, low: int, high: int) -> int:
    value = document.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _usage(name, repr(value), f"an integer from {low} to {high}")
    return value


def _flag(document: dict[str, Any], name: str) -> bool:
    value = document.get(name, False)
    if not isinstance(value, bool):
        raise _usage(name, repr(value), "true or false")
    return value


def _list(document: dict[str, Any], name: str, kind: type | tuple[type, ...]) -> list[Any]:
    value = document.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(one, kind) for one in value):
        raise _usage(name, repr(value), "a list that is not empty")
    return value


def _usage(what: str, found: str, expected: str) -> Failure:
    return Failure("usage", what=what, found=found, expected=expected, where="standard input")
