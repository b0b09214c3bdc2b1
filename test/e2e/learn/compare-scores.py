"""Scores the rows of a dataset by LightGBM itself, and compares with files of `flowbars score`: bit by bit."""

import csv
import json
import sys
from datetime import datetime
from pathlib import Path

import lightgbm
from train.dataset.card import read_card
from train.dataset.samples import read_samples

dataset, model, out, symbol = (Path(argument) for argument in sys.argv[1:5])
card = read_card(dataset)
samples = read_samples(card)
booster = lightgbm.Booster(model_file=str(model / "model.txt"))
names = [feature.name for feature in card.features]
inputs = [names.index(name) for name in booster.feature_name()]
raw = booster.predict(samples.features[:, inputs].astype(float), raw_score=True, num_threads=1)
by_time = dict(zip(samples.decision_ms.tolist(), raw.tolist(), strict=True))

compared = different = 0
for path in sorted((out / symbol).glob("*_1m_scores.csv")):
    with path.open() as file:
        for row in csv.DictReader(file):
            if row["reason"] != "ok":
                continue
            time_ms = round(datetime.fromisoformat(row["decision_time"]).timestamp() * 1000)
            if time_ms in by_time:
                compared += 1
                different += float(row["raw"]) != by_time[time_ms]
print(json.dumps({"compared": compared, "different": different}))
