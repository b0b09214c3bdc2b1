"""The folder of a finished model: its card first, then the model, golden rows and the predictions out of fold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from train.dataset.card import SCHEMA_VERSION, Card, Limits, iso_text
from train.dataset.samples import LABEL_NAMES, Samples
from train.failure import Failure
from train.job.output import MODEL_CARD_NAME, write_bytes, write_json
from train.judge.fold_runs import FoldRun
from train.model.inputs import FORECAST
from train.model.protocol import Fitted, ModelKind
from train.model.simple_models import base_rate

GOLDEN_ROWS = 64
#: Of them at least this many with a null, if there are any.
GOLDEN_NULL_ROWS = 8


def model_card(
    card: Card, kind: ModelKind, fitted: Fitted, train: Samples, limits: Limits | None, judged: dict[str, Any]
) -> dict[str, Any]:
    """`judged`: what evaluation.json says of the model. `limits`: those of the sealed block, if there is one."""
    content = fitted.content()
    formulas = formulas_of(card)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "model_card",
        "model": kind.name,
        "question": card.question,
        "labelling": card.labelling,
        "dataset": {
            "card_sha256": card.sha256,
            "symbols": list(card.symbols),
            "from": card.from_date,
            "to": card.to_date,
        },
        "look_back_ms": card.look_back_ms,
        "embargo_ms": card.embargo_ms,
        "inputs": [{**one, "formula": formulas[one["name"]]} for one in fitted.inputs.document()],
        "left_out": dict(sorted(fitted.inputs.left_out.items())),
        "trained": {
            "rows": len(train),
            "base_rate": base_rate(train),
            "from": iso_text(int(train.decision_ms.min())),
            "last_label_end": iso_text(int(train.label_end_ms.max())),
            "trees": fitted.trees,
            "detail": fitted.detail,
            "sealed_from": None if limits is None else iso_text(limits.test_from_ms),
        },
        "options": dict(fitted.options()),
        "file": {"name": kind.file_name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()},
        "verdict": judged["verdict"],
        "placebos": [
            {name: placebo[name] for name in ("kind", "status", "rule", "detail")} for placebo in judged["placebos"]
        ],
        "sealed_openings": [],
    }


def formulas_of(card: Card) -> dict[str, str]:
    return {**{feature.name: feature.formula for feature in card.features}, FORECAST: "what the model itself forecasts"}


def write_model(folder: Path, document: dict[str, Any], kind: ModelKind, fitted: Fitted, train: Samples) -> None:
    folder.mkdir(exist_ok=True)
    write_json(folder / MODEL_CARD_NAME, document)
    write_bytes(folder / kind.file_name, fitted.content())
    write_json(folder / "golden.json", golden(fitted, train))


def golden(fitted: Fitted, train: Samples) -> dict[str, Any]:
    """Rows spread over the training part. A float32 written as the double that it is comes back bit for bit."""
    usable = np.flatnonzero(fitted.inputs.usable(train.features)[0])
    picked = _spread(usable, GOLDEN_ROWS)
    if fitted.inputs.columns:
        nulls = usable[np.isnan(fitted.inputs.matrix(train.features[usable])).any(axis=1)]
        extra = _spread(nulls, GOLDEN_NULL_ROWS)
        picked = np.unique(np.concatenate([_spread(usable, GOLDEN_ROWS - len(extra)), extra]))
    rows = train.take(picked)
    raw = fitted.raw(rows)
    matrix = fitted.inputs.matrix(rows.features)
    return {
        "features": list(fitted.inputs.names),
        "rows": [[None if np.isnan(value) else float(value) for value in row] for row in matrix],
        "raw": raw.tolist(),
        "p_up": fitted.p_up(raw).tolist(),
    }


def write_predictions(folder: Path, card: Card, runs: Sequence[FoldRun]) -> None:
    """Every test row of every fold; p_up is null where the model gave none."""
    folder.mkdir(exist_ok=True)
    tests = [run.test for run in runs]
    symbol = np.concatenate([test.symbol for test in tests])
    decision_ms = np.concatenate([test.decision_ms for test in tests])
    p_up = np.concatenate([run.p_up for run in runs])
    label = np.concatenate([test.label for test in tests])
    order = np.lexsort((decision_ms, symbol))
    columns = {
        "symbol": pa.array([card.symbols[number] for number in symbol[order]], pa.string()),
        "decision_time": pa.array(decision_ms[order], pa.timestamp("ms", "UTC")),
        "fold": pa.array(np.concatenate([test.fold for test in tests])[order], pa.int64()),
        "p_up": pa.array(p_up[order], pa.float64(), mask=np.isnan(p_up[order])),
        "label": pa.array([LABEL_NAMES[int(code)] for code in label[order]], pa.string()),
    }
    pq.write_table(pa.table(columns), folder / "predictions.parquet", compression="snappy")


def read_model_card(folder: Path) -> dict[str, Any]:
    where = folder / MODEL_CARD_NAME
    expected = f"the card of a model, schema version {SCHEMA_VERSION}: flowbars train writes one"
    try:
        document = json.loads(where.read_text())
        if (document["kind"], document["schema_version"]) != ("model_card", SCHEMA_VERSION):
            raise ValueError(f"{document['kind']} of schema version {document['schema_version']}")
        content = (folder / Path(document["file"]["name"]).name).read_bytes()
    except OSError as error:
        found = f"'{error.strerror}'"
        raise Failure("usage", what="model", found=found, expected=expected, where=str(error.filename)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Failure("data", what="model card", found=f"'{error}'", expected=expected, where=str(where)) from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != document["file"]["sha256"]:
        listed = f"{document['file']['sha256']}, which its card lists"
        raise Failure("data", what="sha256 of the model", found=digest, expected=listed, where=str(folder))
    return dict(document)


def _spread(rows: np.ndarray, count: int) -> np.ndarray:
    if len(rows) <= count:
        return rows
    return rows[np.linspace(0, len(rows) - 1, count).astype(np.int64)]
