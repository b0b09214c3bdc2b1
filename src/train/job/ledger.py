"""
trials.jsonl beside a dataset's card: which models were trained on it, and how often its sealed rows were
opened. It only grows. It holds no time: the same trial made again is the same line, is written once and counts
once, since it shows nothing new.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from train.failure import Failure

LEDGER_NAME = "trials.jsonl"
TRIAL = "trial"
OPENED = "sealed_opened"


def check_writable(folder: Path) -> None:
    """Before anything is trained: a trial that could not be counted is not made."""
    ledger = folder / LEDGER_NAME
    if not os.access(ledger if ledger.exists() else folder, os.W_OK):
        expected = "a file that trials can be added to"
        raise Failure("world", what="ledger", found="no right to write", expected=expected, where=str(ledger))


def read_ledger(folder: Path) -> list[dict[str, Any]]:
    ledger = folder / LEDGER_NAME
    if not ledger.exists():
        return []
    lines = ledger.read_text().splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            document = json.loads(line)
            if document["kind"] not in (TRIAL, OPENED):
                raise ValueError(document["kind"])
        except (ValueError, KeyError, TypeError) as error:
            where = f"{ledger} line {number}"
            raise Failure("data", what="ledger", found=f"'{line[:80]}'", expected="a trial", where=where) from error
        found.append(document)
    return found


def add_to_ledger(folder: Path, entries: Sequence[Mapping[str, Any]]) -> int:
    """Appends the entries that are new, in one write, and returns how many trials there are then."""
    known = read_ledger(folder)
    seen = {_line(entry) for entry in known}
    new = [entry for entry in dict.fromkeys(_line(entry) for entry in entries) if entry not in seen]
    if new:
        descriptor = os.open(folder / LEDGER_NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, "".join(f"{line}\n" for line in new).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return sum(entry["kind"] == TRIAL for entry in read_ledger(folder))


def openings(folder: Path) -> list[dict[str, Any]]:
    return [entry for entry in read_ledger(folder) if entry["kind"] == OPENED]


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, allow_nan=False, sort_keys=True)
