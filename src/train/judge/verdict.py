"""The verdict: no skill shown, unless everything speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NO_SKILL = "no skill shown"
SKILL = "skill shown"


def verdict_of(
    pooled: Mapping[str, Any], placebos: Sequence[Mapping[str, Any]], reads_features: bool, not_judged: str | None
) -> dict[str, Any]:
    """
    Skill is shown if the lower bound of pooled log-loss skill is above 0, by blocks of 4 hours and of days, and
    every placebo is clean. A placebo that was not run is no blemish for a model that reads no feature only.
    """
    if not_judged is not None:
        return {"skill": False, "text": NO_SKILL, "reasons": [f"not judged: {not_judged}"]}
    against = [*_about_skill(pooled["log_loss_skill"]), *_about_placebos(placebos, reads_features)]
    if against:
        return {"skill": False, "text": NO_SKILL, "reasons": against}
    low = min(pooled["log_loss_skill"][name] for name in ("low_4h", "low_day"))
    reasons = [f"the lower bound of log-loss skill is {low:.4f}, above 0, and every placebo is clean"]
    return {"skill": True, "text": SKILL, "reasons": reasons}


def _about_skill(skill: Mapping[str, float | None]) -> list[str]:
    against = []
    for name, blocks in (("low_4h", "4 hours"), ("low_day", "days")):
        low = skill[name]
        if low is None:
            against.append(f"too few blocks of {blocks} for an interval of log-loss skill")
        elif low <= 0:
            against.append(f"the lower bound of log-loss skill by blocks of {blocks} is {low:.4f}, not above 0")
    return against


def _about_placebos(placebos: Sequence[Mapping[str, Any]], reads_features: bool) -> list[str]:
    against = []
    for placebo in placebos:
        name = str(placebo["kind"]).replace("_", " ")
        if placebo["status"] == "not_clean":
            against.append(f"the placebo '{name}' is not clean: {placebo['detail']}")
        elif placebo["status"] == "not_run" and reads_features:
            against.append(f"the placebo '{name}' was not run: {placebo['detail']}")
    return against
