"""The verdict: no skill shown, unless everything speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from train.judge.blocks import BLOCKS_MIN

NO_SKILL = "no skill shown"
SKILL = "skill shown"


def verdict_of(
    pooled: Mapping[str, Any],
    placebos: Sequence[Mapping[str, Any]],
    required: Set[str],
    about_control: str | None = None,
) -> dict[str, Any]:
    """
    Skill is shown if the lower bound of pooled log-loss skill is above 0, by blocks of 4 hours and of days, every
    placebo is clean, and the control, if there is one, is beaten. `required`: the placebos that say something of
    this kind of model, which may not be left out. `about_control`: in words why it is not beaten.
    """
    against = [*_about_skill(pooled["log_loss_skill"]), *_about_placebos(placebos, required)]
    if about_control is not None:
        against.append(about_control)
    if against:
        return {"skill": False, "text": NO_SKILL, "reasons": against}
    low = min(pooled["log_loss_skill"][name] for name in ("low_4h", "low_day"))
    reasons = [f"the lower bound of log-loss skill is {low * 100:.3f} %, above 0, and every placebo is clean"]
    return {"skill": True, "text": SKILL, "reasons": reasons}


def not_judged(why: str) -> dict[str, Any]:
    return {"skill": False, "text": NO_SKILL, "reasons": [f"not judged: {why}"]}


def _about_skill(skill: Mapping[str, float | None]) -> list[str]:
    against = []
    for name, blocks in (("low_4h", "4 hours"), ("low_day", "days")):
        low = skill[name]
        if low is None:
            against.append(f"too few blocks of {blocks} for an interval of log-loss skill: it takes {BLOCKS_MIN}")
        elif low <= 0:
            against.append(f"the lower bound of log-loss skill by blocks of {blocks} is {low * 100:.3f} %, not above 0")
    return against


def _about_placebos(placebos: Sequence[Mapping[str, Any]], required: Set[str]) -> list[str]:
    against = []
    for placebo in placebos:
        name = str(placebo["kind"]).replace("_", " ")
        if placebo["status"] == "not_clean":
            against.append(f"the placebo '{name}' is not clean: {placebo['detail']}")
        elif placebo["status"] == "not_run" and placebo["kind"] in required:
            against.append(f"the placebo '{name}' was not run: {placebo['detail']}")
    return against
