"""
Where a model's files are: a folder, or a model of the Hugging Face hub in this machine's cache. The network is used
only when the caller says so, and then by `huggingface_hub`, which is not part of the default environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from train.failure import Failure

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9])?")
REVISION = re.compile(r"[0-9a-f]{40}")
REVISION_FILE_BYTES_MAX = 100
FILES = ("config.json", "model.safetensors")


@dataclass(frozen=True)
class Source:
    text: str
    folder: Path
    hub_id: str | None
    revision: str | None


def resolve_source(text: str, *, offline: bool, environment: Mapping[str, str]) -> Source:
    """A folder that is there wins over a hub id of the same name."""
    if text and "\0" not in text and Path(text).is_dir():
        return Source(text, Path(text), None, None)
    if not is_hub_id(text):
        expected = "a folder that exists, or a hub id as amazon/chronos-bolt-tiny"
        raise Failure("usage", what="model", found=f"'{text}'", expected=expected, where="command line")
    cache = cache_folder(environment)
    cached = _cached(text, cache)
    if cached is not None:
        return cached
    if offline:
        raise _not_here(text, "no such folder, and not in the cache of models", cache)
    return _downloaded(text, cache)


def is_hub_id(text: str) -> bool:
    """owner/name by the hub's own rules, which leave no room for '..', an absolute path or a second folder."""
    parts = text.split("/")
    return len(parts) == 2 and all(
        NAME.fullmatch(part) is not None and ".." not in part and "--" not in part for part in parts
    )


def cache_folder(environment: Mapping[str, str]) -> Path:
    """As huggingface_hub finds it."""
    if environment.get("HF_HUB_CACHE"):
        return Path(environment["HF_HUB_CACHE"]).expanduser()
    if environment.get("HF_HOME"):
        return Path(environment["HF_HOME"]).expanduser() / "hub"
    home = environment.get("XDG_CACHE_HOME") or str(Path(environment.get("HOME") or "~").expanduser() / ".cache")
    return Path(home) / "huggingface" / "hub"


def _cached(hub_id: str, cache: Path) -> Source | None:
    """refs/main names the revision that `main` was when it was fetched; its files lie in snapshots/."""
    model = cache / f"models--{hub_id.replace('/', '--')}"
    reference = model / "refs" / "main"
    if not reference.is_file() or reference.stat().st_size > REVISION_FILE_BYTES_MAX:
        return None
    revision = reference.read_text(encoding="ascii", errors="replace").strip()
    if REVISION.fullmatch(revision) is None:
        raise Failure(
            "data",
            what="revision of a cached model",
            found=f"'{revision}'",
            expected="40 hex digits",
            where=str(reference),
        )
    folder = model / "snapshots" / revision
    if not all((folder / name).is_file() for name in FILES):
        return None
    return Source(hub_id, folder, hub_id, revision)


def _downloaded(hub_id: str, cache: Path) -> Source:
    try:
        import huggingface_hub
    except ImportError as error:
        raise _not_here(hub_id, "not in the cache of models, and huggingface_hub is not installed", cache) from error
    try:
        folder = huggingface_hub.snapshot_download(hub_id, cache_dir=cache, allow_patterns=list(FILES))
    except (huggingface_hub.errors.HfHubHTTPError, huggingface_hub.errors.LocalEntryNotFoundError, OSError) as error:
        # Its messages run over many lines, of which the first says it.
        found = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise Failure(
            "world", what=f"download of '{hub_id}'", found=found, expected=", ".join(FILES), where=str(cache)
        ) from error
    return Source(hub_id, Path(folder), hub_id, Path(folder).name)


def _not_here(hub_id: str, found: str, cache: Path) -> Failure:
    download = f".tools/train-chronos/bin/hf download {hub_id} {' '.join(FILES)}"
    expected = f"a folder, or what two commands get: `npm run train:setup -- --extra chronos`, then `{download}`"
    return Failure("world", what=f"model '{hub_id}'", found=found, expected=expected, where=str(cache))
