"""What the tests of the learning part share: a run of `python -m train`, and datasets made once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from made_dataset import Made, make_dataset

SOURCES = Path(__file__).resolve().parents[3] / "src"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(SOURCES),
    "OMP_WAIT_POLICY": "PASSIVE",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}
REQUEST: dict[str, Any] = {
    "command": "train",
    "models": ["constant"],
    "threads": 1,
    "seed": 1,
    "placebos": "quick",
    "costs_bps": [4, 8, 10],
    "sealed": False,
    "model_dir": None,
    "foundation": None,
}


@dataclass(frozen=True)
class Ended:
    code: int
    events: list[dict[str, Any]]
    stderr: str

    @property
    def last(self) -> dict[str, Any]:
        return self.events[-1]


def request_text(dataset: Path, into: Path, **other: Any) -> str:
    return json.dumps({**REQUEST, "dataset": str(dataset), "into": str(into), **other})


def run_train(text: str) -> Ended:
    """A process of its own, as TypeScript starts it."""
    run = subprocess.run(
        [sys.executable, "-m", "train"], input=text, capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    return Ended(run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr)


def train_here(dataset: Path, into: Path, **other: Any) -> dict[str, Any]:
    """The evaluation of a training in this process: a process each would cost a second."""
    from threadpoolctl import threadpool_limits

    from train.job.evaluate_job import evaluate
    from train.job.train_job import train
    from train.request import parse_request

    request = parse_request(request_text(dataset, into, **other))
    with threadpool_limits(limits=1, user_api="blas"):
        (train if request.command == "train" else evaluate)(request, lambda event: None)
    return dict(json.loads((into / "evaluation.json").read_text()))


def named(evaluation: dict[str, Any], name: str) -> dict[str, Any]:
    return next(model for model in evaluation["models"] if model["name"] == name)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A dataset with these properties, made once in a session; tests that write into it copy it."""
    known: dict[str, Path] = {}

    def make(**properties: Any) -> Path:
        key = repr(sorted(properties.items()))
        if key not in known:
            known[key] = make_dataset(tmp_path_factory.mktemp("dataset"), Made(**properties))
        return known[key]

    return make


@pytest.fixture
def samples_of_weights() -> Callable[..., Any]:
    """Rows that are UP and DOWN in turn, of which only labels, weights and symbols matter."""
    import numpy as np

    from train.dataset.samples import Samples

    def make(rows: int, weight: float, symbols: int = 1) -> Samples:
        zero = np.zeros(rows, dtype=np.int64)
        up = (np.arange(rows) // symbols % 2).astype(np.int8)
        features = np.zeros((rows, 0), dtype=np.float32)
        full = np.full(rows, weight)
        return Samples(np.arange(rows) % symbols, zero, zero, zero, features, full, up, full, zero)

    return make
