"""XGBoost: histogram trees of the same modest size as LightGBM's, the same bytes on any number of threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xgboost as xgb

from train.dataset.parts import Part
from train.dataset.samples import Samples
from train.model.inputs import Inputs, inputs_of, inputs_of_card, words_of_left_out
from train.model.protocol import Fitted, ReadsDataset, Settings, logistic

TREES_MAX = 300
TREES_WITHOUT_TUNING = 50
EARLY_STOPPING_ROUNDS = 30

OPTIONS: Mapping[str, Any] = {
    "objective": "binary:logistic",
    "eval_metric": "logloss",
    "tree_method": "hist",
    "eta": 0.03,
    "max_depth": 4,
    "min_child_weight": 10.0,
    "lambda": 10.0,
    "subsample": 0.7,
    "colsample_bytree": 0.7,
    "max_bin": 64,
    "verbosity": 0,
}


@dataclass(frozen=True)
class FittedXgboost:
    inputs: Inputs
    trees: int | None
    detail: str
    booster: xgb.Booster
    used_options: Mapping[str, Any]

    def raw(self, rows: Samples) -> np.ndarray:
        data = xgb.DMatrix(self.inputs.matrix(rows.features), feature_names=list(self.inputs.names), nthread=1)
        return np.asarray(self.booster.predict(data, output_margin=True), dtype=np.float64)

    def p_up(self, raw: np.ndarray) -> np.ndarray:
        return logistic(raw)

    def importance(self) -> Mapping[str, float]:
        gains = self.booster.get_score(importance_type="total_gain")
        return {name: float(gains.get(name, 0.0)) for name in self.inputs.names}  # type: ignore[arg-type]

    def content(self) -> bytes:
        return bytes(self.booster.save_raw("json"))

    def options(self) -> Mapping[str, Any]:
        return self.used_options


class XgboostKind(ReadsDataset):
    name = "xgboost"
    file_name = "model.json"
    reads_features = True
    is_trained = True

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        inputs = inputs_of(part.train.features, settings.features, takes_nulls=True)
        if isinstance(inputs, str):
            return inputs
        options = {**OPTIONS, "seed": settings.seed}
        params = {**options, "nthread": settings.threads}
        trees = TREES_WITHOUT_TUNING
        if part.tune_train is not None and part.tune is not None:
            trees = _trees(part.tune_train, part.tune, inputs, params)
        booster = xgb.train(params, _rows(part.train, inputs, settings.threads), num_boost_round=trees)
        stored = _read(bytes(booster.save_raw("json")))
        details = [detail for detail in (part.tuning_detail, words_of_left_out(inputs)) if detail]
        return FittedXgboost(inputs, stored.num_boosted_rounds(), "; ".join(details), stored, options)

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        booster = _read((folder / self.file_name).read_bytes())
        inputs = inputs_of_card(card, tuple(card["dataset_features"]))
        return FittedXgboost(inputs, booster.num_boosted_rounds(), "", booster, card["options"])


def _read(content: bytes) -> xgb.Booster:
    booster = xgb.Booster({"nthread": 1})
    booster.load_model(bytearray(content))
    return booster


def _trees(train: Samples, tune: Samples, inputs: Inputs, params: Mapping[str, Any]) -> int:
    threads = int(params["nthread"])
    booster = xgb.train(
        dict(params),
        _rows(train, inputs, threads),
        num_boost_round=TREES_MAX,
        evals=[(_rows(tune, inputs, threads), "tune")],
        early_stopping_rounds=EARLY_STOPPING_ROUNDS,
        verbose_eval=False,
    )
    return booster.best_iteration + 1


def _rows(samples: Samples, inputs: Inputs, threads: int) -> xgb.DMatrix:
    return xgb.DMatrix(
        inputs.matrix(samples.features),
        label=samples.label.astype(np.float32),
        weight=samples.weight,
        feature_names=list(inputs.names),
        nthread=threads,
    )
