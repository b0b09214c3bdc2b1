"""A result folder appears whole or not at all: it is written beside its place and renamed at the end."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from train.failure import Failure

EVALUATION_NAME = "evaluation.json"
PAGE_NAME = "report.html"
MODEL_CARD_NAME = "card.json"


def check_into(into: Path) -> None:
    """An earlier result may be replaced; anything else in its place is refused and left alone."""
    if not into.exists() and not into.is_symlink():
        return
    expected = "no such folder, an empty one, or an earlier result of train or evaluate"
    if not into.is_dir():
        raise Failure("usage", what="--into", found="a file", expected=expected, where=str(into))
    names = sorted(entry.name for entry in into.iterdir())
    strangers = [name for name in names if not _is_result(into / name)]
    if strangers or (names and EVALUATION_NAME not in names):
        found = f"'{(strangers or names)[0]}'"
        raise Failure("usage", what="--into", found=found, expected=expected, where=str(into))


def check_holds_no_model(into: Path) -> None:
    """Judging replaces its folder, so that must not be where models are: they would be gone."""
    for card in sorted(into.glob(f"*/{MODEL_CARD_NAME}")):
        found = f"the model '{card.parent.name}', which would be replaced"
        raise Failure("usage", what="--into", found=found, expected="a folder without models", where=str(into))


@contextmanager
def folder_at_end(into: Path) -> Iterator[Path]:
    """A temporary folder beside `into`, which takes its place if nothing is raised and is removed otherwise."""
    temporary = into.parent / f".{into.name}.unfinished-{os.getpid()}"
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
    except OSError as error:
        expected = "a folder that can be written to"
        raise Failure(
            "world", what="--into", found=f"'{error.strerror}'", expected=expected, where=str(into)
        ) from error
    try:
        yield temporary
        _take_place(temporary, into)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_json(path: Path, document: Any) -> None:
    write_bytes(path, (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode())


def write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_place(temporary: Path, into: Path) -> None:
    check_into(into)
    if into.exists():
        old = into.parent / f".{into.name}.replaced-{os.getpid()}"
        into.rename(old)
        temporary.rename(into)
        shutil.rmtree(old, ignore_errors=True)
    else:
        temporary.rename(into)


def _is_result(path: Path) -> bool:
    if path.name in (EVALUATION_NAME, PAGE_NAME):
        return path.is_file()
    return path.is_dir() and ((path / MODEL_CARD_NAME).is_file() or (path / "predictions.parquet").is_file())
