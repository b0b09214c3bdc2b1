"""Datasets that are not as one would wish: told in words, never a crash and never a made-up number."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import named, request_text, run_train, train_here
from made_dataset import Made, make_dataset

ALL = ["lightgbm", "xgboost", "logistic", "last_sign", "constant"]
Columns = dict[str, np.ndarray]


def trained(tmp_path: Path, models: list[str], **properties: Any) -> dict[str, Any]:
    made = Made(**{"days": 8, "minutes_per_day": 200, "folds": 3, "signal": 0.1, **properties})
    return train_here(make_dataset(tmp_path / "dataset", made), tmp_path / "into", models=models)


def nulls(name: str, where: Callable[[Columns], np.ndarray]) -> Callable[[Columns], None]:
    def change(columns: Columns) -> None:
        columns[name][where(columns)] = np.nan

    return change


def test_a_dataset_without_folds_is_refused_with_its_own_reason(tmp_path: Path) -> None:
    def change(card: dict[str, Any]) -> None:
        card["folds"] = {"made": False, "detail": "3 days: folds need 5", "list": [], "sealed": None}

    folder = make_dataset(tmp_path / "dataset", Made(days=8, minutes_per_day=50, change_card=change))
    ended = run_train(request_text(folder, tmp_path / "into"))
    assert (ended.code, ended.last["kind"], ended.last["found"]) == (1, "data", "none: 3 days: folds need 5")


def test_a_dataset_without_features_trains_the_constant_and_says_so_of_the_others(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ALL, features=())
    for name in ALL[:3]:
        model = named(evaluation, name)
        assert model["status"] == "not_judged"
        assert "no feature can be read: the dataset has none" in model["detail"]
        assert model["pooled"]["auc"]["value"] is None
        assert model["verdict"]["text"] == "no skill shown"
        assert {one["status"] for one in model["placebos"]} == {"not_run"}
        assert not (tmp_path / "into" / name / "card.json").exists()
    assert "no feature return_5m" in named(evaluation, "last_sign")["detail"]
    assert named(evaluation, "constant")["status"] == "judged"


def test_a_feature_that_is_null_everywhere_is_left_out_by_name(tmp_path: Path) -> None:
    change = nulls("volatility_15m", lambda columns: np.ones(len(columns["fold"]), dtype=bool))
    evaluation = trained(tmp_path, ALL[:3], change=change)
    for name in ALL[:3]:
        fold = named(evaluation, name)["folds"][0]
        assert fold["status"] == "judged"
        assert "1 feature is left out, null in every training row: volatility_15m" in fold["detail"]
        card = json.loads((tmp_path / "into" / name / "card.json").read_text())
        assert card["left_out"] == {"volatility_15m": "null in every training row"}
        assert "volatility_15m" not in [one["name"] for one in card["inputs"]]


def test_trees_take_nulls_that_training_had_and_logistic_counts_the_rows_that_it_leaves_out(tmp_path: Path) -> None:
    change = nulls("volatility_15m", lambda columns: np.arange(len(columns["fold"])) % 10 == 0)
    evaluation = trained(tmp_path, ALL[:3], change=change)
    for name in ALL[:2]:
        model = named(evaluation, name)
        assert model["pooled"]["rows"] == sum(fold["test_rows"] for fold in model["folds"])
        golden = json.loads((tmp_path / "into" / name / "golden.json").read_text())
        assert any(None in row for row in golden["rows"])
    model = named(evaluation, "logistic")
    assert model["pooled"]["rows"] == sum(fold["test_rows"] for fold in model["folds"]) * 0.9
    assert "training rows are left out for nulls of volatility_15m" in model["folds"][0]["detail"]
    assert "test rows are left out: null in volatility_15m" in model["folds"][0]["detail"]


def test_a_null_that_training_never_had_is_refused_by_name(tmp_path: Path) -> None:
    """LightGBM would read it as 0 (LightGBM#6139)."""
    change = nulls("delta_5m", lambda columns: (columns["fold"] == 3) & (np.arange(len(columns["fold"])) % 2 == 0))
    evaluation = trained(tmp_path, ALL[:2], change=change)
    for name in ALL[:2]:
        model = named(evaluation, name)
        last = model["folds"][2]
        refused = last["test_rows"] // 2
        assert last["detail"].endswith(
            f"{refused} test rows are left out: null in delta_5m, where the model learned of no null"
        )
        assert last["metrics"]["rows"] == last["test_rows"] - refused


def test_a_feature_that_is_null_too_often_costs_logistic_the_feature_not_the_rows(tmp_path: Path) -> None:
    change = nulls("volatility_15m", lambda columns: np.arange(len(columns["fold"])) % 2 == 0)
    model = named(trained(tmp_path, ["logistic"], change=change), "logistic")
    assert (
        "1 feature is left out, null in over 20% of the training rows, and this model takes no nulls: volatility_15m"
        in model["folds"][0]["detail"]
    )
    assert model["pooled"]["rows"] == sum(fold["test_rows"] for fold in model["folds"])


def one_way(fold: int) -> Callable[[Columns], None]:
    def change(columns: Columns) -> None:
        columns["label"] = np.where(columns["fold"] == fold, "UP", columns["label"])

    return change


def test_a_test_block_of_one_class_is_not_judged_alone_and_counts_in_the_pool(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ALL, change=one_way(2))
    for name in ALL:
        model = named(evaluation, name)
        fold = model["folds"][1]
        assert (fold["status"], fold["metrics"]) == ("not_judged", None)
        assert f"all {fold['test_rows']} rows went UP: nothing to tell apart" in fold["detail"]
        assert model["pooled"]["rows"] == sum(one["test_rows"] for one in model["folds"])


def test_a_training_part_of_one_class_gives_no_model_for_its_fold(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ALL, change=one_way(0))
    for name in ALL:
        model = named(evaluation, name)
        first = model["folds"][0]
        assert (first["status"], first["metrics"], first["base_rate"]) == ("not_judged", None, None)
        assert "training part: no row is DOWN" in first["detail"]
        assert model["status"] == "judged"
        assert model["pooled"]["rows"] == sum(one["test_rows"] for one in model["folds"][1:])


def test_a_dataset_that_only_rises_is_not_judged_at_all(tmp_path: Path) -> None:
    def change(columns: Columns) -> None:
        columns["label"] = np.full(len(columns["label"]), "UP")

    evaluation = trained(tmp_path, ALL, change=change)
    for name in ALL:
        model = named(evaluation, name)
        assert model["status"] == "not_judged"
        assert "no fold could be learned from: training part: no row is DOWN" in model["detail"]
        assert model["verdict"]["reasons"][0].startswith("not judged: ")
    assert evaluation["smallest_auc"] is None


def test_a_fold_without_rows_is_told(tmp_path: Path) -> None:
    def change(columns: Columns) -> None:
        kept = columns["fold"] != 2
        for name in list(columns):
            columns[name] = columns[name][kept]

    model = named(trained(tmp_path, ["lightgbm"], change=change), "lightgbm")
    fold = model["folds"][1]
    assert (fold["status"], fold["test_rows"]) == ("not_judged", 0)
    assert fold["detail"].startswith("0 rows to judge by, fewer than 20")
    assert model["status"] == "judged"


@pytest.mark.parametrize("minutes", [0, 3, 12])
def test_tiny_datasets_say_what_they_lack(tmp_path: Path, minutes: int) -> None:
    evaluation = trained(tmp_path, ALL, minutes_per_day=minutes, symbols=("BTCUSDT", "ETHUSDT"))
    for model in evaluation["models"]:
        assert model["verdict"]["text"] == "no skill shown"
        for fold in model["folds"]:
            assert fold["status"] == "judged" or fold["detail"]


def test_a_symbol_without_rows_takes_no_part(tmp_path: Path) -> None:
    calls: list[int] = []

    def change(columns: Columns) -> None:
        calls.append(1)
        if len(calls) <= 2:  # The samples and the martingale of the first symbol.
            for name in list(columns):
                columns[name] = columns[name][:0]

    evaluation = trained(tmp_path, ["logistic"], change=change, symbols=("BTCUSDT", "ETHUSDT"))
    assert named(evaluation, "logistic")["status"] == "judged"


def test_flat_rows_are_counted_and_neither_learned_from_nor_judged(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ["lightgbm"], dead_zone_bps=2.0)
    dataset = evaluation["dataset"]
    model = named(evaluation, "lightgbm")
    assert 0 < dataset["flat_rows"] < dataset["rows"]
    assert model["pooled"]["rows"] < sum(one["rows"] for one in model["confidence"])


def test_few_days_have_no_interval_by_days_and_so_no_skill(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ["logistic"], days=5, folds=3, sealed_days=1, minutes_per_day=1440, signal=0.3)
    model = named(evaluation, "logistic")
    assert model["pooled"]["log_loss_skill"]["low_4h"] > 0
    assert model["pooled"]["log_loss_skill"]["low_day"] is None
    assert model["verdict"]["reasons"] == ["too few blocks of days for an interval of log-loss skill: it takes 5"]


def test_without_a_martingale_no_skill_is_shown(tmp_path: Path) -> None:
    evaluation = trained(
        tmp_path, ["logistic"], days=10, folds=4, minutes_per_day=600, has_martingale=False, signal=0.3
    )
    model = named(evaluation, "logistic")
    reasons = ["the placebo 'martingale' was not run: the dataset has no martingale files"]
    assert model["verdict"] == {"skill": False, "text": "no skill shown", "reasons": reasons}


def test_without_sealed_days_the_last_fit_learns_from_every_row(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ["constant"], sealed_days=0)
    card = json.loads((tmp_path / "into/constant/card.json").read_text())
    assert card["trained"]["rows"] == evaluation["dataset"]["rows"]
    assert card["trained"]["sealed_from"] is None


def test_a_training_part_too_short_to_tune_has_a_fixed_number_of_trees(tmp_path: Path) -> None:
    evaluation = trained(tmp_path, ALL[:2], has_tuning=False)
    for name in ALL[:2]:
        fold = named(evaluation, name)["folds"][0]
        assert fold["trees"] == 50
        assert "no tuning: the training part is too short for a tuning split" in fold["detail"]


def test_a_value_that_is_no_number_is_refused(tmp_path: Path) -> None:
    def change(columns: Columns) -> None:
        columns["delta_5m"][7] = np.inf

    folder = make_dataset(tmp_path / "dataset", Made(minutes_per_day=50, change=change))
    ended = run_train(request_text(folder, tmp_path / "into"))
    assert (ended.code, ended.last["what"], ended.last["found"]) == (
        1,
        "column delta_5m",
        "1 values that are no numbers",
    )


def test_a_python_without_the_packages_is_told_which_ones_it_needs() -> None:
    request = request_text(dataset="dataset", into="judged")
    # Without its site packages an interpreter is as bare as the machine's own.
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "train"], input=request, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1, ran.stderr
    event = json.loads(ran.stdout)
    assert (event["event"], event["kind"], event["where"]) == ("error", "world", sys.executable)
    assert event["found"] == "no module named 'threadpoolctl'"
