"""A result folder appears whole or not at all: it is written beside its place and renamed at the end."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from train.failure import Failure

EVALUATION_NAME = "evaluation.json"
PAGE_NAME = "report.html"
MODEL_CARD_NAME = "card.json"


def check_into(into: Path, *, may_hold_models: bool) -> None:
    """An earlier result may be replaced, models only by models; anything else in its place is refused and left alone."""
    into = into.resolve()
    if not into.exists():
        return
    kinds = "train or evaluate" if may_hold_models else "evaluate"
    expected = f"no such folder, an empty one, or an earlier result of {kinds}"
    if not into.is_dir():
        raise _refusal(into, "a file", expected)
    if os.path.ismount(into) or into in (Path.cwd(), *Path.cwd().parents):
        found = "a mount, or a folder around the current one, which cannot be replaced"
        raise _refusal(into, found, "a folder inside of it")
    names = sorted(entry.name for entry in into.iterdir())
    strangers = [name for name in names if not _is_result(into / name)]
    if strangers or (names and EVALUATION_NAME not in names):
        raise _refusal(into, f"'{(strangers or names)[0]}'", expected)
    model = next((name for name in names if (into / name / MODEL_CARD_NAME).is_file()), None)
    if model is not None and not may_hold_models:
        raise _refusal(into, f"the trained model '{model}', which would be lost", expected)


@contextmanager
def folder_at_end(into: Path, *, may_hold_models: bool) -> Iterator[Path]:
    """A temporary folder beside `into`, which takes its place if nothing is raised and is removed otherwise."""
    # A link is followed: what it points to is replaced. A process id comes again, above all in containers.
    place, name = into.resolve(), secrets.token_hex(4)
    temporary = place.parent / f".{place.name}.unfinished-{name}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
    except OSError as error:
        expected = "a folder that can be written to"
        raise Failure(
            "world", what="--into", found=f"'{error.strerror}'", expected=expected, where=str(into)
        ) from error
    try:
        yield temporary
        check_into(place, may_hold_models=may_hold_models)
        _take_place(temporary, place, place.parent / f".{place.name}.replaced-{name}")
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_json(path: Path, document: Any) -> None:
    write_bytes(path, (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode())


def write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_place(temporary: Path, place: Path, old: Path) -> None:
    if not place.exists():
        temporary.rename(place)
        return
    place.rename(old)
    try:
        temporary.rename(place)
    except BaseException:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _is_result(path: Path) -> bool:
    if path.name in (EVALUATION_NAME, PAGE_NAME):
        return path.is_file()
    return path.is_dir() and ((path / MODEL_CARD_NAME).is_file() or (path / "predictions.parquet").is_file())


def _refusal(into: Path, found: str, expected: str) -> Failure:
    return Failure("usage", what="--into", found=found, expected=expected, where=str(into))
