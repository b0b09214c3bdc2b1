"""Writes small datasets in the format of `flowbars dataset`: made-up rows, true folds, a card with true hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

MINUTE_MS = 60_000
DAY_MS = 86_400_000
FIRST_DAY_MS = 1_764_547_200_000  # 2025-12-01
HORIZON_MS = 300_000
LOOK_BACK_MS = 3_600_000
EMBARGO_MS = HORIZON_MS + LOOK_BACK_MS
FEATURES = ("return_1m", "return_5m", "volatility_15m", "delta_5m", "minute_sine")


@dataclass
class Made:
    """What a dataset is made of. Prices are a random walk of minutes; `drift` is added to the next minute's move."""

    days: int = 10
    minutes_per_day: int = 1440
    symbols: tuple[str, ...] = ("BTCUSDT",)
    folds: int = 4
    sealed_days: int = 2
    seed: int = 1
    #: How much of the next minutes' moves the feature delta_5m tells, in standard deviations of a minute.
    signal: float = 0.0
    #: |return| below it is FLAT.
    dead_zone_bps: float = 0.0
    features: tuple[str, ...] = FEATURES
    has_martingale: bool = True
    has_tuning: bool = True
    #: Changes the columns of a symbol before they are written.
    change: Callable[[dict[str, np.ndarray]], None] | None = None
    #: Changes the card before it is written.
    change_card: Callable[[dict[str, Any]], None] | None = None
    options: dict[str, Any] = field(default_factory=dict)


def make_dataset(folder: Path, made: Made | None = None) -> Path:
    made = made or Made()
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, symbol in enumerate(made.symbols):
        generator = np.random.default_rng([made.seed, number])
        kinds = [("samples", made.signal), *([("martingale", 0.0)] if made.has_martingale else [])]
        for kind, signal in kinds:
            columns, closes = _columns(made, generator, signal)
            if made.change is not None:
                made.change(columns)
            files.append(_write(folder, kind, symbol, columns, made.features))
            if kind == "samples":
                files.append(_write_closes(folder, symbol, closes))
    card = _card(made, files)
    if made.change_card is not None:
        made.change_card(card)
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    return folder


def limits_of(made: Made) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """Folds of equal whole days behind a first part that is only trained on, and the sealed block."""
    opened = made.days - made.sealed_days
    first = max(1, opened // (made.folds + 1))
    edges = np.linspace(first, opened, made.folds + 1).astype(int)
    folds = [
        {"fold": number + 1, **_limits(made, int(edges[number]), int(edges[number + 1]))}
        for number in range(made.folds)
    ]
    return folds, _limits(made, opened, made.days) if made.sealed_days else None


def _limits(made: Made, first: int, end: int) -> dict[str, Any]:
    test_from = FIRST_DAY_MS + first * DAY_MS + MINUTE_MS
    tune_from = test_from - max(1, first // 5) * DAY_MS
    has_tuning = made.has_tuning and first >= 2
    return {
        "train_from": iso(FIRST_DAY_MS + MINUTE_MS),
        "train_until": iso(test_from - EMBARGO_MS),
        "tune_from": iso(tune_from) if has_tuning else None,
        "tune_train_until": iso(tune_from - EMBARGO_MS) if has_tuning else None,
        "test_from": iso(test_from),
        "test_to": iso(FIRST_DAY_MS + end * DAY_MS + MINUTE_MS),
    }


def iso(time_ms: int) -> str:
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _columns(made: Made, generator: np.random.Generator, signal: float) -> tuple[dict[str, np.ndarray], np.ndarray]:
    total = made.days * 1440 + 1440
    delta = _smooth(generator.normal(size=total), 5)
    moves = generator.normal(size=total) * 2.0
    # What the flow of a minute says holds for the five minutes behind it.
    for lag in range(1, 6):
        moves[lag:] += signal * delta[:-lag]
    level = np.cumsum(moves)
    minute = np.arange(total) - 720  # Half a day before the first, so that windows are filled.
    ends_ms = FIRST_DAY_MS + (minute + 1) * MINUTE_MS
    day = (ends_ms - MINUTE_MS - FIRST_DAY_MS) // DAY_MS
    of_day = (ends_ms - MINUTE_MS - FIRST_DAY_MS) % DAY_MS // MINUTE_MS
    kept = (day >= 0) & (day < made.days) & (of_day < made.minutes_per_day) & (minute + 720 + 6 < total)
    rows = np.flatnonzero(kept)
    known = {
        "return_1m": moves,
        "return_5m": level - _back(level, 5),
        "volatility_15m": np.sqrt(_smooth(moves**2, 15)),
        "delta_5m": delta,
        "minute_sine": np.sin(2 * np.pi * of_day / 1440),
    }
    columns: dict[str, np.ndarray] = {
        name: known.get(name, delta * 0 + 1).astype(np.float32)[rows] for name in made.features
    }
    ret = np.round(level[rows + 5] - level[rows], 4)
    decision = ends_ms[rows]
    columns |= {
        "decision_time": decision,
        "label_start": decision + 1000,
        "label_end": decision + 1000 + HORIZON_MS + 1000,
        "entry": 90_000 * (1 + level[rows] / 10_000),
        "exit": 90_000 * (1 + level[rows + 5] / 10_000),
        "ret_bps": ret,
        "label": np.where(ret > made.dead_zone_bps, "UP", np.where(ret < -made.dead_zone_bps, "DOWN", "FLAT")),
        "weight": np.full(len(rows), 0.2),
        "fold": _folds(made, day[rows]),
    }
    return columns, np.column_stack([ends_ms[rows], 90_000 * (1 + level[rows] / 10_000)])


def _folds(made: Made, day: np.ndarray) -> np.ndarray:
    fold = np.zeros(len(day), dtype=np.int64)
    folds, sealed = limits_of(made)
    for block in [*folds, *([] if sealed is None else [{"fold": -1, **sealed}])]:
        begin = (_ms(block["test_from"]) - FIRST_DAY_MS) // DAY_MS
        end = (_ms(block["test_to"]) - FIRST_DAY_MS) // DAY_MS
        fold[(day >= begin) & (day < end)] = block["fold"]
    return fold


def _ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def _smooth(values: np.ndarray, window: int) -> np.ndarray:
    sums = np.cumsum(values)
    return (sums - _back(sums, window)) / np.sqrt(window)


def _back(values: np.ndarray, steps: int) -> np.ndarray:
    return np.concatenate([np.full(steps, values[0]), values[:-steps]])


def _write(
    folder: Path, kind: str, symbol: str, columns: dict[str, np.ndarray], features: tuple[str, ...]
) -> dict[str, Any]:
    rows = len(columns["decision_time"])
    time = pa.timestamp("ms", "UTC")
    arrays: dict[str, pa.Array] = {
        "symbol": pa.array([symbol] * rows, pa.string()),
        "decision_time": pa.array(columns["decision_time"], time),
    }
    for name in features:
        arrays[name] = pa.array(columns[name], pa.float32(), mask=np.isnan(columns[name]))
    arrays |= {
        "entry": pa.array(columns["entry"]),
        "label_start": pa.array(columns["label_start"], time),
        "exit": pa.array(columns["exit"]),
        "label_end": pa.array(columns["label_end"], time),
        "ret_bps": pa.array(columns["ret_bps"]),
        "label": pa.array(columns["label"].tolist(), pa.string()),
        "reason": pa.array(["ok"] * rows, pa.string()),
        "weight": pa.array(columns["weight"]),
        "fold": pa.array(columns["fold"], pa.int64()),
    }
    return _file(folder, kind, symbol, pa.table(arrays))


def _write_closes(folder: Path, symbol: str, closes: np.ndarray) -> dict[str, Any]:
    times = pa.array(closes[:, 0].astype(np.int64), pa.timestamp("ms", "UTC"))
    return _file(folder, "closes", symbol, pa.table({"decision_time": times, "close": pa.array(closes[:, 1])}))


def _file(folder: Path, kind: str, symbol: str, table: pa.Table) -> dict[str, Any]:
    path = folder / f"{kind}-{symbol}.parquet"
    pq.write_table(table, path)
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    return {
        "kind": kind, "symbol": symbol, "name": path.name, "rows": len(table), "bytes": len(content), "sha256": sha256
    }  # fmt: skip


def _card(made: Made, files: list[dict[str, Any]]) -> dict[str, Any]:
    folds, sealed = limits_of(made)
    return {
        "schema_version": 5,
        "kind": "dataset_card",
        "code_version": "0.1.0",
        "question": "will the price go UP or DOWN in the next 5 minutes?",
        "options": {
            "symbols": list(made.symbols),
            "from": iso(FIRST_DAY_MS)[:10],
            "to": iso(FIRST_DAY_MS + (made.days - 1) * DAY_MS)[:10],
            "latency_ms": 1000,
            "wait_max_ms": 10_000,
            "horizon_ms": HORIZON_MS,
            "look_back_ms": LOOK_BACK_MS,
            "labels": "fixed",
            "dead_zone": {"kind": "bps", "bps": made.dead_zone_bps},
            "barrier_k": None,
            "fee_bps": 10,
            "keep_unproven": False,
            "embargo_ms": EMBARGO_MS,
            "folds": made.folds,
            "rolling_days": None,
            "sealed_percent": 20,
            "seed": 1,
            **made.options,
        },
        "days": [],
        "reasons": [],
        "features": [
            {"name": name, "window_minutes": 5, "unit": "bps", "formula": f"made up {name}", "null_rule": "never"}
            for name in made.features
        ],
        "folds": {"made": True, "detail": "", "list": folds, "sealed": sealed},
        "files": files,
    }
