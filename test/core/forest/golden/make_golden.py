"""Makes the golden models of this folder: `python make_golden.py FOLDER [SEED]`, with lightgbm 4.7.0 and numpy.

Each model comes as LightGBM's text, with rows and the scores that LightGBM itself gives them.
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy as np

ROWS_TRAINED = 4000
ROWS_SCORED = 240
FEATURES = [
    "return_5m",
    "spread_last",
    "ofi_l1_15m",
    "delta_share_1m",
    "day_sine",
    "walls_pulled_60m",
]

# What differs: whether training has nulls, whether zero counts as missing, and how far trees grow.
MODELS = {
    "nulls": {"nulls": 0.1, "zeros": 0.1, "rounds": 40, "leaves": 15, "zero_as_missing": False},
    "no-nulls": {"nulls": 0.0, "zeros": 0.1, "rounds": 40, "leaves": 15, "zero_as_missing": False},
    "zeros": {"nulls": 0.05, "zeros": 0.3, "rounds": 40, "leaves": 15, "zero_as_missing": True},
    "one-leaf": {"nulls": 0.1, "zeros": 0.1, "rounds": 3, "leaves": 2, "zero_as_missing": False},
}


def rows_of(random: np.random.Generator, count: int, nulls: float, zeros: float) -> np.ndarray:
    """Features as the samples hold them: float32, NaN for null."""
    rows = random.normal(size=(count, len(FEATURES))).astype(np.float32)
    rows[random.random(rows.shape) < zeros] = 0
    rows[random.random(rows.shape) < zeros / 4] = np.float32(-0.0)
    rows[random.random(rows.shape) < zeros / 4] = np.float32(1e-36)
    rows[random.random(rows.shape) < nulls] = np.nan
    return rows


def make(folder: Path, name: str, seed: int) -> None:
    """Trains one model and writes its text and its scores."""
    kind = MODELS[name]
    random = np.random.default_rng([seed, *name.encode()])
    rows = rows_of(random, ROWS_TRAINED, kind["nulls"], kind["zeros"])
    known = np.nan_to_num(rows.astype(np.float64))
    signal = known[:, 0] - known[:, 1] * known[:, 2] + np.isnan(rows[:, 3])
    labels = (signal + random.normal(size=ROWS_TRAINED) > 0).astype(int)
    # A leaf that needs all rows leaves no split.
    leaf_rows = ROWS_TRAINED if name == "one-leaf" else 20
    parameters = {
        "objective": "binary",
        "num_leaves": kind["leaves"],
        "min_data_in_leaf": leaf_rows,
        "zero_as_missing": kind["zero_as_missing"],
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 1,
        "seed": seed,
        "verbose": -1,
    }
    trained = lightgbm.Dataset(rows, labels, feature_name=FEATURES, params=parameters)
    booster = lightgbm.train(parameters, trained, kind["rounds"])
    scored = rows_of(random, ROWS_SCORED, 0.1, 0.2)
    # On the very limits of splits.
    for at, limit in enumerate(thresholds(booster)[: ROWS_SCORED // 2]):
        scored[at, at % len(FEATURES)] = np.float32(limit)
    document = {
        "features": FEATURES,
        "rows": [[None if np.isnan(v) else float(v) for v in row] for row in scored],
        "raw": booster.predict(scored, raw_score=True).tolist(),
        "p_up": booster.predict(scored).tolist(),
    }
    (folder / f"{name}.txt").write_text(booster.model_to_string())
    text = json.dumps(document, separators=(",", ":"), allow_nan=False)
    (folder / f"{name}.json").write_text(f"{text}\n")


def thresholds(booster: lightgbm.Booster) -> list[float]:
    """The finite thresholds of all splits, as the text has them."""
    lines = booster.model_to_string().splitlines()
    words = [word for line in lines if line.startswith("threshold=") for word in line[10:].split()]
    return [float(word) for word in words if word != "inf"]


if __name__ == "__main__":
    for model in MODELS:
        make(Path(sys.argv[1]), model, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
