"""trials.jsonl: whole lines and right counts, whatever happens beside."""

from __future__ import annotations

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from train.failure import Failure
from train.job.ledger import LEDGER_NAME, TRIAL, add_opening, add_to_ledger, check_writable, openings

ENTRY = {"card_sha256": "c", "model": "constant"}


def trial(seed: int) -> dict[str, object]:
    return {"kind": TRIAL, **ENTRY, "seed": seed}


def test_of_those_who_open_the_seal_at_once_one_is_the_first_and_the_others_are_refused(tmp_path: Path) -> None:
    def opened(number: int) -> int | None:
        try:
            return add_opening(tmp_path, {**ENTRY, "model": f"m{number}"}, 0, is_again=False)
        except Failure:
            return None

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(opened, range(8)))
    assert sorted(numbers, key=str) == [1, *[None] * 7]
    assert len(openings(tmp_path)) == 1


def test_the_same_model_opens_them_again_and_is_counted_again(tmp_path: Path) -> None:
    assert [add_opening(tmp_path, ENTRY, 0, is_again=True) for _ in range(3)] == [1, 2, 3]


def test_trials_of_many_at_once_are_whole_lines_each_counted_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda seed: add_to_ledger(tmp_path, [trial(seed % 20), trial(99)]), range(80)))
    lines = (tmp_path / LEDGER_NAME).read_text().splitlines()
    assert sorted(json.loads(line)["seed"] for line in lines) == [*range(20), 99]
    assert max(counts) == 21


def test_a_full_disk_leaves_no_torn_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_to_ledger(tmp_path, [trial(1)])
    whole = (tmp_path / LEDGER_NAME).read_bytes()
    write, room = os.write, [10]

    def write_some(descriptor: int, content: bytes) -> int:
        if room[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(descriptor, content[: room[0]])
        room[0] -= written
        return written

    monkeypatch.setattr(os, "write", write_some)
    with pytest.raises(OSError, match="No space left"):
        add_to_ledger(tmp_path, [trial(2)])
    monkeypatch.undo()
    assert room == [0]
    assert (tmp_path / LEDGER_NAME).read_bytes() == whole
    assert add_to_ledger(tmp_path, [trial(2)]) == 2


def test_a_last_line_without_an_end_gets_one(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_text(json.dumps(trial(1)))
    assert add_to_ledger(tmp_path, [trial(2)]) == 2


def test_a_damaged_ledger_is_told_before_anything_is_trained(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_text('{"kind": "tri')
    with pytest.raises(Failure, match="line 1"):
        check_writable(tmp_path)
