"""Only days after the weights came out count; of unknown weights none does."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from foundation_cases import refused

from train.foundation.release import KNOWN, parse_weights_date, release_of


def times(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[ms]").astype(np.int64)


def test_rows_count_from_the_day_after_the_release() -> None:
    release = release_of("amazon/chronos-bolt-tiny", None)
    assert (release.day, release.counts_from) == (date(2024, 11, 27), date(2024, 11, 28))
    # 00:00 is the end of the last minute of the day before.
    decided = times("2024-11-27T23:59", "2024-11-28T00:00", "2024-11-28T00:01", "2025-12-01T00:00")
    np.testing.assert_array_equal(release.counts(decided), [False, False, True, True])
    assert "2024-11-28" in release.text


def test_of_an_unknown_release_no_row_counts_and_the_text_says_so() -> None:
    for hub_id in (None, "someone/chronos-bolt-tiny"):
        release = release_of(hub_id, None)
        assert (release.day, release.counts_from) == (None, None)
        assert not release.counts(times("2030-01-01T00:01")).any()
        assert release.text.startswith("release date unknown")


def test_a_given_date_counts_for_unknown_weights() -> None:
    release = release_of(None, date(2025, 11, 30))
    assert (release.counts_from, release.source) == (date(2025, 12, 1), "given by the person who asked")


def test_a_given_date_makes_known_weights_only_younger() -> None:
    known = KNOWN["amazon/chronos-2"][0]
    assert release_of("amazon/chronos-2", date(2020, 1, 1)).day == known
    assert release_of("amazon/chronos-2", date(2026, 1, 1)).day == date(2026, 1, 1)


def test_a_date_that_is_none_is_refused() -> None:
    assert parse_weights_date("2025-11-30") == date(2025, 11, 30)
    for text in ("yesterday", "2025-13-01", "", "2025-02-30"):
        error = refused(lambda text=text: parse_weights_date(text))
        assert (error.kind, error.what) == ("usage", "--weights-date")


@pytest.mark.parametrize("hub_id", sorted(KNOWN))
def test_every_known_date_names_its_source(hub_id: str) -> None:
    day, source = KNOWN[hub_id]
    assert date(2024, 1, 1) < day and str(day.year) in source
