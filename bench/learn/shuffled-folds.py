"""The shuffled-fold trap: the same rows and the same large model, once judged by shuffled folds and once forwards in time.

    PYTHONPATH=src OMP_WAIT_POLICY=PASSIVE .tools/train/bin/python3 bench/learn/shuffled-folds.py DATASET

Labels of neighbouring minutes share four of their five minutes, and slow features name the hour. A row that is tested has its
neighbours in the training part of a shuffled fold, so a large model looks its answer up. Prints the AUC of both.
"""

import sys
from pathlib import Path

import lightgbm
import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold

from train.dataset.card import read_card
from train.dataset.parts import directed, test_mask, train_mask
from train.dataset.samples import UP, read_samples

PARAMETERS = {
    "objective": "binary",
    "num_leaves": 255,
    "learning_rate": 0.1,
    "min_data_in_leaf": 5,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbosity": -1,
    "seed": 1,
}
TREES = 300


def main(folder: Path) -> None:
    card = read_card(folder)
    samples = read_samples(card)
    rows = samples.take(directed(samples) & (samples.fold != -1))
    target = (rows.label == UP).astype(int)
    shuffled = [
        roc_auc_score(target[test], fitted(rows.features[train], target[train], rows.features[test]))
        for train, test in KFold(5, shuffle=True, random_state=1).split(rows.features)
    ]
    forwards = []
    for limits in card.folds:
        train, test = train_mask(rows, limits), test_mask(rows, limits)
        forwards.append(roc_auc_score(target[test], fitted(rows.features[train], target[train], rows.features[test])))
    print(f"{len(rows)} rows, {TREES} trees of {PARAMETERS['num_leaves']} leaves")
    print(f"shuffled folds       AUC {np.mean(shuffled):.3f}  ({', '.join(f'{auc:.3f}' for auc in shuffled)})")
    print(f"purged walk-forward  AUC {np.mean(forwards):.3f}  ({', '.join(f'{auc:.3f}' for auc in forwards)})")


def fitted(train: np.ndarray, target: np.ndarray, test: np.ndarray) -> np.ndarray:
    booster = lightgbm.train(PARAMETERS, lightgbm.Dataset(train, target), TREES)
    return booster.predict(test)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
