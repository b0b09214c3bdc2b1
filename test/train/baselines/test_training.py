"""A training from end to end, as TypeScript starts it: events, files, the same bytes, interruptions, refusals."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from conftest import ENVIRONMENT, named, request_text, run_train, train_here
from train.model.registry import MODELS

ALL = ["lightgbm", "xgboost", "logistic", "last_sign", "constant"]
SMALL = {"days": 8, "minutes_per_day": 300, "folds": 2, "signal": 0.1}


@pytest.fixture
def dataset(made: Callable[..., Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made(**SMALL), tmp_path / "dataset"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def without_seconds(content: bytes) -> Any:
    document = json.loads(content)
    for model in document["models"]:
        assert model.pop("seconds") >= 0
    return document


def test_a_training_says_its_steps_and_writes_every_file_once(dataset: Path, tmp_path: Path) -> None:
    into = tmp_path / "models"
    ended = run_train(request_text(dataset, into, models=ALL))
    assert (ended.code, ended.last) == (
        0,
        {"event": "result", "exit_code": 0, "evaluation": str(into / "evaluation.json")},
    )
    steps = ended.events[:-1]
    assert [step["done"] for step in steps] == list(range(1, steps[0]["total"] + 1))
    assert {step["event"] for step in steps} == {"progress"}
    names = {"lightgbm": "model.txt"}
    expected = {f"{name}/{file}" for name in ALL for file in ("card.json", "golden.json", "predictions.parquet")}
    expected |= {f"{name}/{names.get(name, 'model.json')}" for name in ALL} | {"evaluation.json"}
    assert set(files(into)) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dataset", "models"]


def test_the_same_request_gives_the_same_bytes_on_one_thread_and_on_two(dataset: Path, tmp_path: Path) -> None:
    train_here(dataset, tmp_path / "one", models=ALL)
    train_here(dataset, tmp_path / "two", models=ALL, threads=2)
    one, two = files(tmp_path / "one"), files(tmp_path / "two")
    assert without_seconds(one.pop("evaluation.json")) == without_seconds(two.pop("evaluation.json"))
    assert one == two
    train_here(dataset, tmp_path / "seed", models=["lightgbm"], seed=2)
    assert files(tmp_path / "seed")["lightgbm/model.txt"] != one["lightgbm/model.txt"]


def test_a_repeated_trial_counts_once_and_another_seed_again(dataset: Path, tmp_path: Path) -> None:
    trials = [
        train_here(dataset, tmp_path / "into", models=["constant", "last_sign"], seed=seed)["trials"]
        for seed in (1, 1, 2)
    ]
    assert trials == [2, 2, 4]
    assert len((dataset / "trials.jsonl").read_text().splitlines()) == 4


@pytest.mark.parametrize("name", ALL)
def test_a_stored_model_gives_its_golden_rows_again(dataset: Path, tmp_path: Path, name: str) -> None:
    train_here(dataset, tmp_path / "into", models=[name])
    folder = tmp_path / "into" / name
    card = json.loads((folder / "card.json").read_text())
    golden = json.loads((folder / "golden.json").read_text())
    fitted = MODELS[name].load(folder, {**card, "dataset_features": golden["features"]})
    rows = np.array(golden["rows"], dtype=np.float32).reshape(64, len(golden["features"]))
    # Doubles of the text are exactly the float32 that the model read.
    assert rows.astype(np.float64).tolist() == golden["rows"]
    raw = fitted.raw(FeatureRows(rows))  # type: ignore[arg-type]
    assert raw.tolist() == golden["raw"]
    assert fitted.p_up(raw).tolist() == golden["p_up"]


class FeatureRows:
    def __init__(self, features: np.ndarray) -> None:
        self.features = features

    def __len__(self) -> int:
        return len(self.features)


def test_the_card_vouches_for_the_model_and_tells_its_verdict(dataset: Path, tmp_path: Path) -> None:
    evaluation = train_here(dataset, tmp_path / "into", models=["lightgbm"])
    folder = tmp_path / "into" / "lightgbm"
    card = json.loads((folder / "card.json").read_text())
    assert card["file"]["sha256"] == hashlib.sha256((folder / "model.txt").read_bytes()).hexdigest()
    assert card["dataset"]["card_sha256"] == hashlib.sha256((dataset / "card.json").read_bytes()).hexdigest()
    assert card["verdict"] == named(evaluation, "lightgbm")["verdict"]
    # No sealed row, and nothing an embargo before one, was learned from.
    assert card["trained"]["last_label_end"] <= "2025-12-06T22:56:00Z"
    assert str(tmp_path) not in json.dumps(card) + json.dumps(evaluation)


def test_predictions_are_those_of_the_test_rows_of_every_fold(dataset: Path, tmp_path: Path) -> None:
    train_here(dataset, tmp_path / "into", models=["logistic"])
    table = pq.read_table(tmp_path / "into/logistic/predictions.parquet")
    assert table.column_names == ["symbol", "decision_time", "fold", "p_up", "label"]
    samples = pq.read_table(dataset / "samples-BTCUSDT.parquet").to_pandas()
    expected = samples[samples.fold >= 1]
    assert table["decision_time"].to_pandas().tolist() == expected.decision_time.tolist()
    assert table["label"].to_pylist() == expected.label.tolist()
    assert table["p_up"].null_count == 0


def test_an_earlier_result_is_replaced_and_anything_else_is_left_alone(dataset: Path, tmp_path: Path) -> None:
    into = tmp_path / "into"
    train_here(dataset, into, models=["constant"])
    (into / "report.html").write_text("<p>")
    train_here(dataset, into, models=["last_sign"])
    assert sorted(path.name for path in into.iterdir()) == ["evaluation.json", "last_sign"]
    (into / "thesis.txt").write_text("my only copy")
    ended = run_train(request_text(dataset, into))
    assert (ended.code, ended.last["kind"], ended.last["found"]) == (2, "usage", "'thesis.txt'")
    assert (into / "thesis.txt").read_text() == "my only copy"
    ended = run_train(request_text(dataset, dataset))
    assert (ended.code, ended.last["what"]) == (2, "--into")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_training_leaves_nothing(dataset: Path, tmp_path: Path, number: int, code: int) -> None:
    into = tmp_path / "models"
    command = [sys.executable, "-m", "train"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=ENVIRONMENT, **pipes) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(request_text(dataset, into, models=ALL, placebos="full"))
        process.stdin.close()
        assert json.loads(process.stdout.readline())["event"] == "progress"
        unfinished = [path.name for path in tmp_path.iterdir() if "unfinished" in path.name]
        os.kill(process.pid, number)
        assert process.wait(timeout=30) == code
    assert unfinished
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]
    assert not (dataset / "trials.jsonl").exists()


@pytest.mark.parametrize(
    ("change", "kind", "what"),
    [
        ({"models": ["oracle"]}, "usage", "model"),
        ({"models": []}, "usage", "models"),
        ({"models": ["constant", "constant"]}, "usage", "models"),
        ({"threads": 0}, "usage", "threads"),
        ({"costs_bps": [-1]}, "usage", "costs_bps"),
        ({"placebos": "none"}, "usage", "placebos"),
        ({"dataset": "/nowhere"}, "usage", "card"),
        ({"command": "evaluate"}, "usage", "model_dir"),
    ],
)
def test_a_request_is_refused_in_four_parts(dataset: Path, tmp_path: Path, change: Any, kind: str, what: str) -> None:
    from train.events import error_event
    from train.failure import Failure

    request = json.loads(request_text(dataset, tmp_path / "into"))
    with pytest.raises(Failure) as caught:
        train_here(**{**request, **change, "dataset": Path(change.get("dataset", dataset)), "into": tmp_path / "into"})
    event = error_event(caught.value)
    assert (event["kind"], event["what"]) == (kind, what)
    assert all(event[part] for part in ("found", "expected", "where"))
    assert not (tmp_path / "into").exists()


def test_what_is_no_json_is_refused_on_standard_output() -> None:
    ended = run_train("train, please")
    assert (ended.code, ended.last["event"], ended.last["kind"]) == (2, "error", "usage")
    assert len(ended.events) == 1


def test_a_file_that_is_not_the_one_of_the_card_is_refused(dataset: Path, tmp_path: Path) -> None:
    with (dataset / "samples-BTCUSDT.parquet").open("ab") as file:
        file.write(b"\0")
    ended = run_train(request_text(dataset, tmp_path / "into"))
    assert (ended.code, ended.last["kind"], ended.last["what"]) == (1, "data", "sha256")
    assert ended.last["where"] == str(dataset / "samples-BTCUSDT.parquet")


def test_a_card_of_another_kind_is_refused(dataset: Path, tmp_path: Path) -> None:
    document = json.loads((dataset / "card.json").read_text())
    (dataset / "card.json").write_text(json.dumps({**document, "schema_version": 6}))
    ended = run_train(request_text(dataset, tmp_path / "into"))
    assert (ended.code, ended.last["kind"]) == (1, "data")
    assert ended.last["found"] == "'dataset_card' of schema version 6"
