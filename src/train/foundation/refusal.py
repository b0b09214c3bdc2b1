"""How this package says that something from outside is not what it needs: four parts, as everywhere in flowbars."""

from __future__ import annotations

from typing import Literal

RefusalKind = Literal["usage", "data", "world"]


class Refusal(Exception):
    """A model, a dataset or an environment that cannot be used. Bugs are assertions, never this."""

    def __init__(self, kind: RefusalKind, *, what: str, found: str, expected: str, where: str) -> None:
        super().__init__(f"{what}: found {found}, expected {expected} ({where})")
        self.kind = kind
        self.what = what
        self.found = found
        self.expected = expected
        self.where = where
