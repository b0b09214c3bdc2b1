"""evaluate: rows that a model cannot have seen, and sealed rows once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import named, train_here
from made_dataset import Made, make_dataset
from train.failure import Failure

MODELS = ["lightgbm", "xgboost", "logistic", "last_sign", "constant"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    made = Made(days=10, folds=3, sealed_days=5, minutes_per_day=600, signal=0.2)
    train_here(make_dataset(folder / "dataset", made), folder / "models", models=MODELS)
    return folder


@pytest.fixture
def place(trained: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained, tmp_path / "place"))


def evaluated(place: Path, name: str, **other: Any) -> dict[str, Any]:
    request = {"command": "evaluate", "model_dir": str(place / "models" / name), "into": place / "judged", **other}
    return train_here(**{"dataset": place / "dataset", **request})


def refusal(place: Path, name: str, **other: Any) -> Failure:
    with pytest.raises(Failure) as caught:
        evaluated(place, name, **other)
    return caught.value


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_judged_on_sealed_rows_with_the_placebos_of_its_training(place: Path, name: str) -> None:
    evaluation = evaluated(place, name, sealed=True)
    model = named(evaluation, name)
    assert evaluation["sealed"] == {"opening": 1, "again": False}
    assert model["status"] == "judged"
    assert model["verdict"]["skill"] is (name != "constant")
    assert [one["kind"] for one in model["placebos"]] == ["shuffled", "day_old", "martingale", "planted_leak"]
    assert model["pooled"]["rows"] == 5 * 600
    assert [fold["fold"] for fold in model["folds"]] == [-1]


def test_rows_whose_features_may_reach_into_training_are_left_out(tmp_path: Path) -> None:
    dataset = make_dataset(tmp_path / "dataset", Made(days=8, folds=3, sealed_days=2, has_martingale=False))
    train_here(dataset, tmp_path / "models")
    evaluation = evaluated(tmp_path, "constant", sealed=True)
    model = named(evaluation, "constant")
    # Training ends 65 minutes before; 65 minutes of embargo and 60 of look-back have to lie between.
    assert model["pooled"]["rows"] == 2 * 1440 - 60
    assert model["detail"] == "60 rows are left out: the model may have seen them or their surroundings"


def test_sealed_rows_are_opened_once_and_every_other_time_is_asked_for_and_counted(place: Path) -> None:
    evaluated(place, "lightgbm", sealed=True)
    failure = refusal(place, "logistic", sealed=True)
    assert (failure.kind, failure.what, failure.found) == ("usage", "--sealed", "opened once, last for lightgbm")
    again = evaluated(place, "logistic", sealed=True, again=True)
    assert again["sealed"] == {"opening": 2, "again": True}
    assert refusal(place, "logistic", sealed=True).found == "opened 2 times, last for logistic"
    kinds = [json.loads(line)["kind"] for line in (place / "dataset/trials.jsonl").read_text().splitlines()]
    assert kinds == ["trial"] * len(MODELS) + ["sealed_opened"] * 2
    assert again["trials"] == len(MODELS)
    card = json.loads((place / "models/logistic/card.json").read_text())
    assert [one["opening"] for one in card["sealed_openings"]] == [2]


def test_the_card_of_a_model_remembers_an_opening_that_the_ledger_lost(place: Path) -> None:
    evaluated(place, "logistic", sealed=True)
    (place / "dataset/trials.jsonl").unlink()
    assert refusal(place, "logistic", sealed=True).found == "opened once, last for logistic"
    assert evaluated(place, "logistic", sealed=True, again=True)["sealed"] == {"opening": 2, "again": True}


def test_a_refused_opening_is_not_counted(place: Path) -> None:
    (place / "judged").mkdir()
    (place / "judged/notes.txt").write_text("mine")
    assert refusal(place, "lightgbm", sealed=True).what == "--into"
    assert "sealed_opened" not in (place / "dataset/trials.jsonl").read_text()


def test_open_rows_of_its_own_dataset_are_none_that_it_cannot_have_seen(place: Path) -> None:
    failure = refusal(place, "lightgbm")
    assert failure.found == "no row outside the sealed days that the model cannot have seen"
    assert failure.expected.endswith(", or --sealed")


def test_a_later_dataset_is_judged_on_its_open_rows(place: Path) -> None:
    made = Made(days=20, folds=3, sealed_days=2, minutes_per_day=600, signal=0.2)
    later = make_dataset(place / "later", made)
    model = named(evaluated(place, "xgboost", dataset=later), "xgboost")
    # Days 6 to 18; the model learned from the first five.
    assert model["folds"][0]["from"] == "2025-12-06"
    assert model["folds"][0]["to"] == "2025-12-18"
    assert model["verdict"]["skill"] is True
    assert not (later / "trials.jsonl").exists()


@pytest.mark.parametrize(
    ("made", "what"),
    [
        ({"dead_zone_bps": 1.0}, "dead_zone"),
        ({"options": {"latency_ms": 2000}}, "latency_ms"),
        ({"features": ("return_1m", "return_5m")}, "feature volatility_15m"),
    ],
)
def test_another_question_is_refused(place: Path, made: dict[str, Any], what: str) -> None:
    other = make_dataset(place / "other", Made(days=8, minutes_per_day=100, **made))
    assert refusal(place, "lightgbm", dataset=other).what == what


def test_a_model_that_is_not_the_one_of_its_card_is_refused(place: Path) -> None:
    with (place / "models/lightgbm/model.txt").open("a") as file:
        file.write("\n")
    failure = refusal(place, "lightgbm", sealed=True)
    assert (failure.kind, failure.what) == ("data", "sha256 of the model")


def test_a_folder_without_a_model_is_refused(place: Path) -> None:
    failure = refusal(place, "oracle")
    assert (failure.kind, failure.what) == ("usage", "model")
