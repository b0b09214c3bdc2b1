"""A result folder takes its place whole, and takes no place that is not its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from train.failure import Failure
from train.job.output import check_into, folder_at_end


def write_result(into: Path, text: str) -> None:
    with folder_at_end(into, may_hold_models=True) as folder:
        (folder / "evaluation.json").write_text(text)


def test_what_a_link_points_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    for text in ("first", "second"):
        write_result(link, text)
        assert (tmp_path / "real/evaluation.json").read_text() == text
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


def test_what_a_killed_process_left_behind_stops_nobody(tmp_path: Path) -> None:
    for kind in ("unfinished", "replaced"):
        left = tmp_path / f".into.{kind}-{os.getpid()}"
        left.mkdir()
        (left / "evaluation.json").write_text("old")
    write_result(tmp_path / "into", "first")
    write_result(tmp_path / "into", "second")
    assert (tmp_path / "into/evaluation.json").read_text() == "second"


def test_the_old_result_comes_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_result(tmp_path / "into", "first")
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if "unfinished" in path.name:
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="no"):
        write_result(tmp_path / "into", "second")
    assert [path.name for path in tmp_path.iterdir()] == ["into"]
    assert (tmp_path / "into/evaluation.json").read_text() == "first"


def test_the_current_folder_and_a_mount_are_refused_before_anything_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for into in (Path("."), Path(".."), Path("/")):
        with pytest.raises(Failure, match="cannot be replaced"):
            check_into(into, may_hold_models=True)
