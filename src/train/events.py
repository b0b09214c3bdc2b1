"""What this program says: one JSON document a line on standard output, and nothing else there."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Protocol

from train.failure import Failure


class Says(Protocol):
    """Takes one event."""

    def __call__(self, event: Mapping[str, Any]) -> None: ...


def own_standard_output() -> Says:
    """Keeps standard output for events: what libraries print, in C as well, goes to standard error."""
    descriptor = os.dup(1)
    os.dup2(2, 1)

    def say(event: Mapping[str, Any]) -> None:
        line = json.dumps(event, ensure_ascii=False, allow_nan=False) + "\n"
        rest = memoryview(line.encode())
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    return say


def error_event(failure: Failure) -> dict[str, Any]:
    parts = {"what": failure.what, "found": failure.found, "expected": failure.expected, "where": failure.where}
    return {"event": "error", "kind": failure.kind, **parts}


class Progress:
    """Counts the steps of a run whose number is known before it begins."""

    def __init__(self, say: Says, total: int) -> None:
        self._say = say
        self._total = total
        self._done = 0

    def step(self, what: str) -> None:
        """Says that a step is done; a step that turned out to be impossible is done as well."""
        self._done = min(self._done + 1, self._total)
        self.tell(what)

    def tell(self, what: str) -> None:
        """Says how far a long step is."""
        self._say({"event": "progress", "done": self._done, "total": self._total, "what": what})
