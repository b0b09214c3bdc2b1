"""Errors that the world causes, with the four parts that every flowbars error has: what, found, expected, where."""

from __future__ import annotations

from typing import Literal

Kind = Literal["usage", "data", "world"]


class Failure(Exception):
    """Something outside this program is wrong; bugs raise anything else."""

    def __init__(self, kind: Kind, *, what: str, found: str, expected: str, where: str) -> None:
        super().__init__(f"{where} {what}: found {found}, expected {expected}")
        self.kind: Kind = kind
        self.what = what
        self.found = found
        self.expected = expected
        self.where = where

    @property
    def exit_code(self) -> int:
        return 2 if self.kind == "usage" else 1


class Interrupted(BaseException):
    """SIGINT or SIGTERM: unwinds everything, so that temporary folders are removed."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(f"signal {signal_number}")
        self.exit_code = 128 + signal_number
