"""LightGBM: small trees, strong regularisation, the same bytes on any number of threads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from train.dataset.parts import Part
from train.dataset.samples import Samples
from train.model.inputs import Inputs, inputs_of, inputs_of_card, words_of_left_out
from train.model.protocol import Fitted, ReadsDataset, Settings, logistic

TREES_MAX = 300
TREES_WITHOUT_TUNING = 50
EARLY_STOPPING_ROUNDS = 30
#: At most this share of the training rows is asked of a leaf, so that small parts can be split at all.
LEAF_SHARE = 1 / 20
LEAF_ROWS = 200

OPTIONS: Mapping[str, Any] = {
    "objective": "binary",
    "metric": "binary_logloss",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "lambda_l2": 10.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "deterministic": True,
    "force_col_wise": True,
    "verbosity": -1,
}


@dataclass(frozen=True)
class FittedLightgbm:
    inputs: Inputs
    trees: int | None
    detail: str
    booster: lgb.Booster
    used_options: Mapping[str, Any]

    def raw(self, rows: Samples) -> np.ndarray:
        scores = self.booster.predict(self.inputs.matrix(rows.features), raw_score=True, num_threads=1)
        return np.asarray(scores, dtype=np.float64)

    def p_up(self, raw: np.ndarray) -> np.ndarray:
        return logistic(raw)

    def importance(self) -> Mapping[str, float]:
        gains = self.booster.feature_importance(importance_type="gain")
        return dict(zip(self.inputs.names, (float(gain) for gain in gains), strict=True))

    def content(self) -> bytes:
        # The number of threads is written into the file and changes nothing else of the model.
        return re.sub(
            r"^\[num_threads: \d+\]$", "[num_threads: 0]", self.booster.model_to_string(), flags=re.M
        ).encode()

    def options(self) -> Mapping[str, Any]:
        return self.used_options


class LightgbmKind(ReadsDataset):
    name = "lightgbm"
    file_name = "model.txt"
    reads_features = True
    is_trained = True

    def fit(self, part: Part, settings: Settings) -> Fitted | str:
        inputs = inputs_of(part.train.features, settings.features, takes_nulls=True)
        if isinstance(inputs, str):
            return inputs
        leaf_rows = max(1, min(LEAF_ROWS, int(len(part.train) * LEAF_SHARE)))
        options = {**OPTIONS, "seed": settings.seed, "min_data_in_leaf": leaf_rows}
        params = {**options, "num_threads": settings.threads}
        trees = TREES_WITHOUT_TUNING
        if part.tune_train is not None and part.tune is not None:
            trees = _trees(part.tune_train, part.tune, inputs, params)
        booster = lgb.train(params, _rows(part.train, inputs), num_boost_round=trees)
        # What is judged is what is stored: the model as its own text reads back.
        stored = lgb.Booster(model_str=booster.model_to_string())
        details = [detail for detail in (part.tuning_detail, words_of_left_out(inputs)) if detail]
        return FittedLightgbm(inputs, stored.num_trees(), "; ".join(details), stored, options)

    def load(self, folder: Path, card: Mapping[str, Any]) -> Fitted:
        booster = lgb.Booster(model_str=(folder / self.file_name).read_text())
        inputs = inputs_of_card(card, tuple(card["dataset_features"]))
        return FittedLightgbm(inputs, booster.num_trees(), "", booster, card["options"])


def _trees(train: Samples, tune: Samples, inputs: Inputs, params: Mapping[str, Any]) -> int:
    data = _rows(train, inputs)
    judged = _rows(tune, inputs, data)
    stop = lgb.early_stopping(EARLY_STOPPING_ROUNDS, verbose=False)
    booster = lgb.train(dict(params), data, TREES_MAX, valid_sets=[judged], callbacks=[stop])
    return max(1, booster.best_iteration)


def _rows(samples: Samples, inputs: Inputs, reference: lgb.Dataset | None = None) -> lgb.Dataset:
    return lgb.Dataset(
        inputs.matrix(samples.features),
        label=samples.label.astype(np.float32),
        weight=samples.weight,
        feature_name=list(inputs.names),
        reference=reference,
        free_raw_data=True,
    )
