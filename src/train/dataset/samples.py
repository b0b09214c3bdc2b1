"""The rows of a dataset, pooled over its symbols, as columns. Nulls of features are NaN in memory only."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from train.dataset.card import Card, ListedFile
from train.failure import Failure

MINUTE_MS = 60_000
DAY_MS = 86_400_000
UP, DOWN, FLAT = 1, 0, -1
LABEL_NAMES = {UP: "UP", DOWN: "DOWN", FLAT: "FLAT"}
_LABEL_CODES = {name: code for code, name in LABEL_NAMES.items()}

Mask = np.ndarray


@dataclass(frozen=True)
class Samples:
    """Columns of the same length. A row's day is the UTC day of its minute, as a number since 1970."""

    symbol: np.ndarray
    decision_ms: np.ndarray
    label_end_ms: np.ndarray
    day: np.ndarray
    features: np.ndarray
    ret_bps: np.ndarray
    label: np.ndarray
    weight: np.ndarray
    fold: np.ndarray

    def __len__(self) -> int:
        return len(self.label)

    def take(self, rows: np.ndarray) -> Samples:
        """`rows`: a mask or indices."""
        return Samples(*(getattr(self, field.name)[rows] for field in fields(self)))

    def with_labels(self, label: np.ndarray) -> Samples:
        return Samples(**{**self._columns(), "label": label})

    def with_features(self, features: np.ndarray) -> Samples:
        return Samples(**{**self._columns(), "features": features})

    def _columns(self) -> dict[str, np.ndarray]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def read_samples(card: Card, kind: str = "samples") -> Samples:
    """`kind` is samples or martingale; the symbols are numbered as in the card's options."""
    parts: list[Samples] = []
    for number, symbol in enumerate(card.symbols):
        listed = card.file(kind, symbol)
        if listed is None:
            expected = f"a file of kind {kind} for each symbol"
            raise Failure("data", what="files", found=f"none for {symbol}", expected=expected, where=card.where)
        parts.append(_read_symbol(card, listed, number))
    return Samples(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Samples)))


def _read_symbol(card: Card, listed: ListedFile, number: int) -> Samples:
    where = card.folder / listed.name
    table = _read_table(where, [feature.name for feature in card.features])
    if len(table) != listed.rows:
        raise _data(where, "rows", str(len(table)), f"{listed.rows}, which the card lists")
    decision_ms = _times(table, "decision_time")
    label = np.array([_LABEL_CODES.get(text, 9) for text in table["label"].to_pylist()], dtype=np.int8)
    samples = Samples(
        symbol=np.full(len(table), number, dtype=np.int32),
        decision_ms=decision_ms,
        label_end_ms=_times(table, "label_end"),
        day=(decision_ms - MINUTE_MS) // DAY_MS,
        features=_features(table, card, where),
        ret_bps=_doubles(table, "ret_bps"),
        label=label,
        weight=_doubles(table, "weight"),
        fold=table["fold"].to_numpy().astype(np.int64),
    )
    names = set(table["symbol"].to_pylist())
    _check(where, "symbol", names <= {listed.symbol}, f"only {listed.symbol}")
    _check(where, "reason", set(table["reason"].to_pylist()) <= {"ok"}, "only ok")
    _check(where, "label", bool(np.all(label != 9)), "UP, DOWN or FLAT")
    _check(where, "decision_time", bool(np.all(np.diff(decision_ms) > 0)), "ascending times")
    _check(where, "label_end", bool(np.all(samples.label_end_ms > decision_ms)), "ends after their decision times")
    _check(where, "weight", bool(np.all((samples.weight > 0) & (samples.weight <= 1))), "numbers above 0, at most 1")
    _check(where, "ret_bps", bool(np.all(np.isfinite(samples.ret_bps))), "finite numbers")
    _check_folds(samples, card, where)
    return samples


def _check_folds(samples: Samples, card: Card, where: Path) -> None:
    known = np.array([0, *(fold.fold for fold in card.folds), *([] if card.sealed is None else [-1])])
    _check(where, "fold", bool(np.all(np.isin(samples.fold, known))) or not card.folds, "the folds of the card")
    for block in [*card.folds, *([] if card.sealed is None else [card.sealed])]:
        times = samples.decision_ms[samples.fold == block.fold]
        inside = (times >= block.test_from_ms) & (times < block.test_to_ms)
        _check(where, "fold", bool(np.all(inside)), f"rows of fold {block.fold} inside its test block")


def _read_table(where: Path, features: list[str]) -> pa.Table:
    try:
        table = pq.read_table(where)
    except (OSError, pa.ArrowException) as error:
        raise _data(
            where, "Parquet", f"'{str(error).splitlines()[0]}'", "a file that flowbars dataset wrote"
        ) from error
    last = ["entry", "label_start", "exit", "label_end", "ret_bps", "label", "reason", "weight", "fold"]
    expected = ["symbol", "decision_time", *features, *last]
    if table.column_names != expected:
        other = sorted(set(table.column_names) ^ set(expected)) or ["another order"]
        raise _data(where, "columns", ", ".join(other[:5]), "the columns that the card tells, in its order")
    return table


def _features(table: pa.Table, card: Card, where: Path) -> np.ndarray:
    matrix = np.empty((len(table), len(card.features)), dtype=np.float32)
    for index, feature in enumerate(card.features):
        column = table[feature.name]
        if column.type != pa.float32():
            raise _data(where, f"column {feature.name}", str(column.type), "float32")
        matrix[:, index] = column.to_numpy()
        wild = int(np.count_nonzero(~np.isfinite(matrix[:, index]))) - column.null_count
        if wild > 0:
            raise _data(where, f"column {feature.name}", f"{wild} values that are no numbers", "numbers or nulls")
    return matrix


def _times(table: pa.Table, name: str) -> np.ndarray:
    return table[name].cast(pa.timestamp("ms", "UTC")).cast(pa.int64()).to_numpy().astype(np.int64)


def _doubles(table: pa.Table, name: str) -> np.ndarray:
    return table[name].to_numpy().astype(np.float64)


def _check(where: Path, column: str, holds: bool, expected: str) -> None:
    if not holds:
        raise _data(where, f"column {column}", "other values", expected)


def _data(where: Path, what: str, found: str, expected: str) -> Failure:
    return Failure("data", what=what, found=found, expected=expected, where=str(where))
