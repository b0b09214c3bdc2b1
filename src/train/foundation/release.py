"""
When a model's weights came out: it may have been trained on every day up to then, so only later days count. The dates
are what the publishers wrote; of two that differ the later one, and of a bare month its last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from train.failure import Failure
from train.foundation.windows import MINUTE_MS

BOLT_SOURCE = "model cards of amazon/chronos-t5-*: released Nov 27, 2024 (the package's README: 26 Nov 2024)"
CHRONOS_2_SOURCE = "README of amazon-science/chronos-forecasting: released 20 Oct 2025"
MOIRAI_2_SOURCE = "README of SalesforceAIResearch/uni2ts: released Aug 2025"
KNOWN: dict[str, tuple[date, str]] = {
    "amazon/chronos-bolt-tiny": (date(2024, 11, 27), BOLT_SOURCE),
    "amazon/chronos-bolt-mini": (date(2024, 11, 27), BOLT_SOURCE),
    "amazon/chronos-bolt-small": (date(2024, 11, 27), BOLT_SOURCE),
    "amazon/chronos-bolt-base": (date(2024, 11, 27), BOLT_SOURCE),
    "amazon/chronos-2": (date(2025, 10, 20), CHRONOS_2_SOURCE),
    "Salesforce/moirai-2.0-R-small": (date(2025, 8, 31), MOIRAI_2_SOURCE),
}


@dataclass(frozen=True)
class Release:
    day: date | None
    source: str

    @property
    def counts_from(self) -> date | None:
        """The first UTC day whose rows count; none of them when the release is unknown."""
        return None if self.day is None else self.day + timedelta(days=1)

    @property
    def text(self) -> str:
        if self.day is None:
            return "release date unknown: it may have been trained on any of these days, so no skill can be shown"
        return f"weights of {self.day}: only days from {self.counts_from} count; it may have been trained on the rest"

    def counts(self, decision_times_ms: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which rows count. The day of a row is the UTC day of its minute, which ends at the decision time."""
        first = self.counts_from
        if first is None:
            return np.zeros(len(decision_times_ms), dtype=bool)
        first_ms = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp() * 1000)
        return decision_times_ms - MINUTE_MS >= first_ms


def release_of(hub_id: str | None, given: date | None) -> Release:
    """What is known of a hub id, or what was given; of both the later, since a known model is not older than known."""
    known = None if hub_id is None else KNOWN.get(hub_id)
    if known is not None and (given is None or given <= known[0]):
        return Release(*known)
    return Release(given, "unknown" if given is None else "given by the person who asked")


def parse_weights_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Failure(
            "usage", what="--weights-date", found=f"'{text}'", expected="a day as YYYY-MM-DD", where="command line"
        ) from error
