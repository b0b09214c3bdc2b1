"""
trials.jsonl beside a dataset's card: which models were trained on it, and how often its sealed rows were
opened. It only grows. It holds no time: the same trial made again is the same line, is written once and counts
once, since it shows nothing new.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from train.failure import Failure

if sys.platform != "win32":
    import fcntl

LEDGER_NAME = "trials.jsonl"
TRIAL = "trial"
OPENED = "sealed_opened"


def check_writable(folder: Path) -> None:
    """Before anything is trained: a trial that could not be counted is not made."""
    read_ledger(folder)
    ledger = folder / LEDGER_NAME
    if not os.access(ledger if ledger.exists() else folder, os.W_OK):
        expected = "a file that trials can be added to"
        raise Failure("world", what="ledger", found="no right to write", expected=expected, where=str(ledger))


def read_ledger(folder: Path) -> list[dict[str, Any]]:
    ledger = folder / LEDGER_NAME
    if not ledger.exists():
        return []
    lines = ledger.read_text(encoding="utf-8", errors="replace").splitlines()
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
    """Appends the entries that are new, all or none, and returns how many trials there are then."""
    with _locked(folder) as descriptor:
        seen = {_line(entry) for entry in read_ledger(folder)}
        new = [entry for entry in dict.fromkeys(_line(entry) for entry in entries) if entry not in seen]
        _append(descriptor, new)
        return sum(entry["kind"] == TRIAL for entry in read_ledger(folder))


def add_opening(folder: Path, entry: Mapping[str, Any], known: int, *, is_again: bool) -> int:
    """Counts an opening of the sealed rows, of which the model's card knows so many, and returns its number."""
    with _locked(folder) as descriptor:
        check_opening(folder, known, is_again=is_again)
        opening = max(len(openings(folder)), known) + 1
        _append(descriptor, [_line({**entry, "kind": OPENED, "opening": opening})])
        return opening


def check_opening(folder: Path, known: int, *, is_again: bool) -> None:
    opened = openings(folder)
    count = max(len(opened), known)
    if count == 0 or is_again:
        return
    times = "once" if count == 1 else f"{count} times"
    found = f"opened {times}" + (f", last for {opened[-1]['model']}" if opened else ", as the card of the model says")
    expected = "sealed rows that nobody has seen; --again opens them once more, and is counted"
    raise Failure("usage", what="--sealed", found=found, expected=expected, where=str(folder / LEDGER_NAME))


def openings(folder: Path) -> list[dict[str, Any]]:
    return [entry for entry in read_ledger(folder) if entry["kind"] == OPENED]


def _line(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, allow_nan=False, sort_keys=True)


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """The open ledger, while others that count on the same dataset wait; a file system without locks goes without."""
    descriptor = os.open(folder / LEDGER_NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        if sys.platform != "win32":
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _append(descriptor: int, lines: Sequence[str]) -> None:
    """A full disk leaves no torn line behind, which would be refused ever after."""
    size = os.fstat(descriptor).st_size
    has_end = size == 0 or _last_byte(descriptor, size) == b"\n"
    text = "".join(f"{line}\n" for line in lines)
    rest = memoryview((text if has_end or not lines else f"\n{text}").encode())
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except BaseException:
        os.ftruncate(descriptor, size)
        raise


def _last_byte(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1)
