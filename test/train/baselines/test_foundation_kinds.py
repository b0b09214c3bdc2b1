"""A foundation model among the others: with its controls, on rows that count, and never without beating chance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import named, train_here
from made_dataset import Made, make_dataset
from train.judge.control import why_not_beaten
from train.judge.outcome import Outcome

WEIGHTS = Path(__file__).parents[1] / "foundation/reference/plain"


def source(weights_date: str | None = "2025-01-01") -> dict[str, Any]:
    return {"kind": "chronos-bolt", "source": str(WEIGHTS), "weights_date": weights_date}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Made(days=10, folds=3, minutes_per_day=120)
    return make_dataset(tmp_path_factory.mktemp("foundation") / "dataset", made)


def test_it_stands_beside_its_random_control_and_the_last_value(dataset: Path, tmp_path: Path) -> None:
    evaluation = train_here(dataset, tmp_path / "into", models=["constant"], foundation=source())
    names = ["constant", "chronos-bolt", "chronos-bolt-random", "last_value"]
    assert [model["name"] for model in evaluation["models"]] == names
    for name in names[1:]:
        model = named(evaluation, name)
        assert model["status"] == "judged", model["detail"]
        assert model["verdict"]["text"] == "no skill shown"
        card = json.loads((tmp_path / "into" / name / "card.json").read_text())
        assert card["model"] == name
    bolt = named(evaluation, "chronos-bolt")
    assert [one["status"] for one in bolt["placebos"]] == ["not_run", "clean", "not_run", "not_run"]
    assert not any("was not run" in reason for reason in bolt["verdict"]["reasons"])
    assert named(evaluation, "last_value")["pooled"]["auc"]["value"] == 0.5


def test_days_before_its_weights_do_not_count(dataset: Path, tmp_path: Path) -> None:
    evaluation = train_here(dataset, tmp_path / "into", models=[], foundation=source("2025-12-04"))
    bolt = named(evaluation, "chronos-bolt")
    assert 0 < bolt["pooled"]["rows"] < named(evaluation, "last_value")["pooled"]["rows"]
    assert "only days from 2025-12-05 count" in bolt["folds"][0]["detail"]
    unknown = train_here(dataset, tmp_path / "other", models=[], foundation=source(None))
    assert named(unknown, "chronos-bolt")["status"] == "not_judged"


def test_its_sealed_rows_are_judged_by_what_its_card_tells(dataset: Path, tmp_path: Path) -> None:
    train_here(dataset, tmp_path / "into", models=[], foundation=source())
    model_dir = str(tmp_path / "into/chronos-bolt-random")
    evaluation = train_here(dataset, tmp_path / "judged", command="evaluate", model_dir=model_dir, sealed=True)
    assert named(evaluation, "chronos-bolt-random")["status"] == "judged"


def test_a_finished_one_has_to_beat_its_control_on_other_rows_too(dataset: Path, tmp_path: Path) -> None:
    train_here(dataset, tmp_path / "into", models=[], foundation=source())
    model_dir = str(tmp_path / "into/chronos-bolt")
    again = train_here(
        dataset, tmp_path / "judged", command="evaluate", model_dir=model_dir, sealed=True, again=True
    )
    assert any("control" in reason for reason in named(again, "chronos-bolt")["verdict"]["reasons"])


def outcome(p: np.ndarray, up: np.ndarray) -> Outcome:
    rows = len(p)
    zero = np.zeros(rows, dtype=np.int64)
    minutes = (np.arange(rows) + 1) * 60_000
    return Outcome(zero, minutes, zero, up.astype(np.int8), np.ones(rows), np.ones(rows), p, np.full(rows, 0.5))


def test_a_control_is_beaten_by_a_lower_loss_on_the_same_rows() -> None:
    up = np.random.default_rng(1).random(1440 * 6) < 0.5
    good, chance = outcome(np.where(up, 0.6, 0.4), up), outcome(np.full(len(up), 0.5), up)
    assert why_not_beaten(good, chance, 1) is None
    assert "not surely below" in str(why_not_beaten(chance, good, 1))
    assert "not surely below" in str(why_not_beaten(good, good, 1))
    assert why_not_beaten(good, None, 1) == "its control could not be judged"
