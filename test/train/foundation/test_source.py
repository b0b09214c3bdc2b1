"""Where a model comes from: folders, the cache of the hub, and never the network unless asked."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest
from foundation_cases import refused

from train.foundation.source import cache_folder, is_hub_id, resolve_source

REVISION = "0123456789abcdef0123456789abcdef01234567"
HUB_ID = "amazon/chronos-bolt-tiny"


def fill_cache(
    home: Path, revision: str = REVISION, files: tuple[str, ...] = ("config.json", "model.safetensors")
) -> Path:
    model = home / "hub" / "models--amazon--chronos-bolt-tiny"
    (model / "refs").mkdir(parents=True)
    (model / "refs" / "main").write_text(revision)
    folder = model / "snapshots" / REVISION
    folder.mkdir(parents=True)
    for name in files:
        (folder / name).write_text("{}")
    return folder


def test_a_folder_that_is_there_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fill_cache(tmp_path / "home")
    (tmp_path / HUB_ID).mkdir(parents=True)
    source = resolve_source(HUB_ID, offline=True, environment={"HF_HOME": str(tmp_path / "home")})
    assert (source.folder, source.hub_id, source.revision) == (Path(HUB_ID), None, None)


def test_a_hub_id_is_found_in_the_cache_with_its_revision(tmp_path: Path) -> None:
    folder = fill_cache(tmp_path)
    source = resolve_source(HUB_ID, offline=True, environment={"HF_HOME": str(tmp_path)})
    assert (source.folder, source.hub_id, source.revision) == (folder, HUB_ID, REVISION)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HF_HUB_CACHE": "/a/hub", "HF_HOME": "/b", "HOME": "/users/x"}, "/a/hub"),
        ({"HF_HOME": "/b", "HOME": "/users/x"}, "/b/hub"),
        ({"XDG_CACHE_HOME": "/c", "HOME": "/users/x"}, "/c/huggingface/hub"),
        ({"HOME": "/users/x"}, "/users/x/.cache/huggingface/hub"),
    ],
)
def test_the_cache_is_where_the_hub_puts_it(environment: dict[str, str], expected: str) -> None:
    assert cache_folder(environment) == Path(expected)


@pytest.mark.parametrize("is_offline", [True, False])
def test_a_model_that_is_not_here_says_which_two_commands_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_offline: bool
) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    error = refused(lambda: resolve_source(HUB_ID, offline=is_offline, environment={"HF_HOME": str(tmp_path)}))
    assert error.kind == "world"
    assert "npm run train:setup -- --extra chronos" in error.expected
    assert f"hf download {HUB_ID} config.json model.safetensors" in error.expected


def test_offline_does_not_even_ask_the_hub_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = fake_hub(monkeypatch, tmp_path)
    refused(lambda: resolve_source(HUB_ID, offline=True, environment={"HF_HOME": str(tmp_path)}))
    assert asked == []


def test_it_downloads_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = fake_hub(monkeypatch, tmp_path / REVISION)
    source = resolve_source(HUB_ID, offline=False, environment={"HF_HOME": str(tmp_path)})
    assert (source.folder, source.revision) == (tmp_path / REVISION, REVISION)
    assert asked == [(HUB_ID, tmp_path / "hub", ["config.json", "model.safetensors"])]


def test_a_download_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_hub(monkeypatch, OSError("no route\nto host"))
    error = refused(lambda: resolve_source(HUB_ID, offline=False, environment={"HF_HOME": str(tmp_path)}))
    assert (error.kind, error.found) == ("world", "no route")


@pytest.mark.parametrize("revision", ["main", "../../../etc", "0" * 39, "0" * 41, REVISION.upper(), ""])
def test_a_revision_that_is_none_is_refused(tmp_path: Path, revision: str) -> None:
    fill_cache(tmp_path, revision)
    error = refused(lambda: resolve_source(HUB_ID, offline=True, environment={"HF_HOME": str(tmp_path)}))
    assert error.what == "revision of a cached model"


def test_a_snapshot_without_its_weights_is_not_used(tmp_path: Path) -> None:
    fill_cache(tmp_path, files=("config.json",))
    error = refused(lambda: resolve_source(HUB_ID, offline=True, environment={"HF_HOME": str(tmp_path)}))
    assert "not in the cache" in error.found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bolt",
        "/nowhere/bolt",
        "./bolt",
        "../amazon/chronos",
        "amazon/../secret",
        "amazon/..",
        "amazon/a..b",
        "amazon/a--b",
        "amazon/chronos/bolt",
        "amazon//bolt",
        "amazon\\bolt",
        "amazon/bolt ",
        "~/bolt",
        "amazon/bolt\n",
        "amazon/bolt\0",
        "https://host/bolt",
        "s3://bucket/bolt",
        "-amazon/bolt",
        "amazon/.bolt",
        "amazon/bolt@main",
        "a" * 97 + "/bolt",
        "amazón/bolt",
    ],
)
def test_what_is_neither_a_folder_nor_a_hub_id_is_refused(tmp_path: Path, text: str) -> None:
    assert not is_hub_id(text)
    error = refused(lambda: resolve_source(text, offline=False, environment={"HF_HOME": str(tmp_path)}))
    assert (error.kind, error.what) == ("usage", "model")


def fake_hub(monkeypatch: pytest.MonkeyPatch, answer: Path | OSError) -> list[tuple[str, Path, list[str]]]:
    asked: list[tuple[str, Path, list[str]]] = []

    def snapshot_download(hub_id: str, *, cache_dir: Path, allow_patterns: list[str]) -> str:
        asked.append((hub_id, cache_dir, allow_patterns))
        if isinstance(answer, OSError):
            raise answer
        return str(answer)

    hub = types.ModuleType("huggingface_hub")
    errors = types.SimpleNamespace(HfHubHTTPError=OSError, LocalEntryNotFoundError=OSError)
    monkeypatch.setattr(hub, "snapshot_download", snapshot_download, raising=False)
    monkeypatch.setattr(hub, "errors", errors, raising=False)
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    return asked
