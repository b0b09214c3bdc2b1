"""
The trap of shuffled folds, on a dataset of `flowbars dataset`: a large LightGBM judged by K-fold over shuffled
rows, and the same one by the folds of the card. Labels of neighbouring minutes overlap and features hardly
move between them, so that a shuffled fold is judged on rows whose twins it learned.

    PYTHONPATH=src .tools/train/bin/python3 bench/learning/shuffled_folds.py DATASET [martingale]
"""

from __future__ import annotations

import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold

from train.dataset.card import Card, read_card
from train.dataset.parts import directed, test_mask, train_mask
from train.dataset.samples import Samples, read_samples

FOLDS = 5
TREES = 400
#: Large and hardly regularised, as a model that is meant to impress.
OPTIONS = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 255,
    "min_data_in_leaf": 5,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbosity": -1,
}


def main(folder: Path, kind: str) -> None:
    card = read_card(folder)
    samples = read_samples(card, kind)
    rows = samples.take(directed(samples) & (samples.fold != -1))
    folds = f"{FOLDS} shuffled folds and {len(card.folds)} of the card"
    print(f"{kind}: {len(rows)} rows, {rows.features.shape[1]} features, {folds}")
    shuffled = [auc(rows, train, test) for train, test in KFold(FOLDS, shuffle=True, random_state=1).split(rows.label)]
    print(f"shuffled folds: AUC {np.mean(shuffled):.3f} ({listed(shuffled)})")
    forward = [auc(rows, *masks) for masks in masks_of(card, rows)]
    print(f"walk-forward:   AUC {np.mean(forward):.3f} ({listed(forward)})")


def masks_of(card: Card, rows: Samples) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(train_mask(rows, limits), test_mask(rows, limits)) for limits in card.folds]


def auc(rows: Samples, train: np.ndarray, test: np.ndarray) -> float:
    data = lgb.Dataset(rows.features[train], label=rows.label[train].astype(np.float32))
    booster = lgb.train(OPTIONS, data, num_boost_round=TREES)
    return float(roc_auc_score(rows.label[test], booster.predict(rows.features[test])))


def listed(values: list[float]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "samples")
