"""The card of a dataset: validated in shape, and the files that it lists checked against their hashes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from train.failure import Failure

SCHEMA_VERSION = 5
CARD_NAME = "card.json"
_HASH_BYTES = 1 << 20


@dataclass(frozen=True)
class Limits:
    """A test block and what may be learned from for it. All times are milliseconds; `test_to` is exclusive."""

    fold: int
    train_from_ms: int
    train_until_ms: int
    #: None where the training part is too short for a tuning split.
    tune_from_ms: int | None
    tune_train_until_ms: int | None
    test_from_ms: int
    test_to_ms: int


@dataclass(frozen=True)
class Feature:
    name: str
    formula: str


@dataclass(frozen=True)
class ListedFile:
    kind: str
    symbol: str
    name: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Card:
    folder: Path
    sha256: str
    flowbars: str
    question: str
    symbols: tuple[str, ...]
    from_date: str
    to_date: str
    horizon_ms: int
    look_back_ms: int
    embargo_ms: int
    #: What makes the question: a model answers only the one that it was trained on.
    labelling: dict[str, Any]
    features: tuple[Feature, ...]
    folds: tuple[Limits, ...]
    folds_detail: str
    sealed: Limits | None
    files: tuple[ListedFile, ...]

    @property
    def where(self) -> str:
        return str(self.folder / CARD_NAME)

    def file(self, kind: str, symbol: str) -> ListedFile | None:
        return next((one for one in self.files if (one.kind, one.symbol) == (kind, symbol)), None)


def read_card(folder: Path) -> Card:
    where = folder / CARD_NAME
    try:
        content = where.read_bytes()
    except OSError as error:
        expected = "the card of a dataset: flowbars dataset writes one"
        raise Failure("usage", what="card", found=f"'{error.strerror}'", expected=expected, where=str(where)) from error
    try:
        document = json.loads(content)
        card = _card_of(document, folder, hashlib.sha256(content).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = f"'{type(error).__name__}: {error}'"
        raise _data(where, "shape", found, f"a dataset card of schema version {SCHEMA_VERSION}") from error
    _check_limits(card)
    return card


def check_files(card: Card) -> None:
    """The card vouches for the files: other bytes than those it was written for are refused."""
    for listed in card.files:
        where = card.folder / listed.name
        digest = hashlib.sha256()
        try:
            with where.open("rb") as file:
                while block := file.read(_HASH_BYTES):
                    digest.update(block)
        except OSError as error:
            raise _data(where, "file", f"'{error.strerror}'", "the file that the card lists") from error
        if digest.hexdigest() != listed.sha256:
            expected = f"{listed.sha256}, which the card lists: write the dataset anew"
            raise _data(where, "sha256", digest.hexdigest(), expected)


def _card_of(document: Any, folder: Path, sha256: str) -> Card:
    where = folder / CARD_NAME
    found = (document.get("kind"), document.get("schema_version"))
    if found != ("dataset_card", SCHEMA_VERSION):
        expected = f"dataset_card of schema version {SCHEMA_VERSION}"
        raise _data(where, "kind", f"'{found[0]}' of schema version {found[1]}", expected)
    options = document["options"]
    folds = document["folds"]
    labelling = ["latency_ms", "wait_max_ms", "horizon_ms", "labels", "dead_zone", "barrier_k"]
    if options["dead_zone"]["kind"] == "cost":
        labelling.append("fee_bps")
    sealed = folds["sealed"]
    return Card(
        folder=folder,
        sha256=sha256,
        flowbars=str(document["code_version"]),
        question=str(document["question"]),
        symbols=tuple(str(symbol) for symbol in options["symbols"]),
        from_date=str(options["from"]),
        to_date=str(options["to"]),
        horizon_ms=int(options["horizon_ms"]),
        look_back_ms=int(options["look_back_ms"]),
        embargo_ms=int(options["embargo_ms"]),
        labelling={name: options[name] for name in labelling},
        features=tuple(Feature(str(one["name"]), str(one["formula"])) for one in document["features"]),
        folds=tuple(_limits(one, int(one["fold"])) for one in folds["list"]) if folds["made"] else (),
        folds_detail=str(folds["detail"]),
        sealed=None if sealed is None else _limits(sealed, -1),
        files=tuple(_listed(one) for one in document["files"]),
    )


def _listed(one: dict[str, Any]) -> ListedFile:
    name = str(one["name"])
    if Path(name).name != name:
        raise ValueError(f"file name {name!r} leaves the folder")
    return ListedFile(str(one["kind"]), str(one["symbol"]), name, int(one["rows"]), str(one["sha256"]))


def _limits(one: dict[str, str | None], fold: int) -> Limits:
    tune = (one["tune_from"], one["tune_train_until"])
    return Limits(
        fold=fold,
        train_from_ms=milliseconds_of(one["train_from"]),
        train_until_ms=milliseconds_of(one["train_until"]),
        tune_from_ms=None if None in tune else milliseconds_of(tune[0]),
        tune_train_until_ms=None if None in tune else milliseconds_of(tune[1]),
        test_from_ms=milliseconds_of(one["test_from"]),
        test_to_ms=milliseconds_of(one["test_to"]),
    )


def milliseconds_of(text: Any) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"time {text!r} has no zone")
    return round(moment.timestamp() * 1000)


def iso_text(time_ms: int) -> str:
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check_limits(card: Card) -> None:
    """Training ends an embargo before its test block, and an embargo covers a label and a look-back."""
    where = card.folder / CARD_NAME
    least = card.horizon_ms + card.look_back_ms
    if card.embargo_ms < least:
        raise _data(where, "embargo_ms", str(card.embargo_ms), f"at least horizon and look-back, {least}")
    blocks = [*card.folds, *([] if card.sealed is None else [card.sealed])]
    for block in blocks:
        name = "sealed block" if block.fold == -1 else f"fold {block.fold}"
        if block.train_until_ms > block.test_from_ms - card.embargo_ms:
            found = f"{name} learns until {iso_text(block.train_until_ms)}"
            expected = f"an embargo of {card.embargo_ms} ms before {iso_text(block.test_from_ms)}"
            raise _data(where, "folds", found, expected)
        tune_from_ms, tune_until_ms = block.tune_from_ms, block.tune_train_until_ms
        if tune_from_ms is not None and tune_until_ms is not None and tune_until_ms > tune_from_ms - card.embargo_ms:
            raise _data(where, "folds", f"the tuning split of {name}", "an embargo before it")
        if block.test_to_ms <= block.test_from_ms:
            raise _data(where, "folds", f"{name} without a test block", "an end after its begin")
    if [fold.fold for fold in card.folds] != list(range(1, len(card.folds) + 1)):
        raise _data(where, "folds", f"{[fold.fold for fold in card.folds]}", "folds 1, 2, 3 …")


def _data(where: Path, what: str, found: str, expected: str) -> Failure:
    return Failure("data", what=what, found=found, expected=expected, where=str(where))
