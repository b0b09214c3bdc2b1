"""The verdict: no skill shown, unless everything speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from train.judge.blocks import BLOCKS_MIN

NO_SKILL = "no skill shown"
SKILL = "skill shown"
#: Statistics, their names for people, and what chance gives.
_MUST_EXCEED = (("log_loss_skill", "log-loss skill", 0), ("auc", "AUC", 0.5))


def verdict_of(
    pooled: Mapping[str, Any],
    placebos: Sequence[Mapping[str, Any]],
    required: Set[str],
    about_control: str | None = None,
) -> dict[str, Any]:
    """
    Skill is shown if the lower bounds of pooled log-loss skill and of AUC are above 0 and 0.5, by blocks of 4 hours
    and of days, every placebo is clean, and the control, if there is one, is beaten. AUC is asked for because the
    base rate ages: where UP was more frequent in training than it is later, a model that always says one half has
    log-loss skill and tells nothing apart. `required`: the placebos that say something of this kind of model, which
    may not be left out. `about_control`: in words why it is not beaten.
    """
    against = [*_about_bounds(pooled), *_about_placebos(placebos, required)]
    if about_control is not None:
        against.append(about_control)
    if against:
        return {"skill": False, "text": NO_SKILL, "reasons": against}
    low = min(pooled["log_loss_skill"][name] for name in ("low_4h", "low_day"))
    auc = min(pooled["auc"][name] for name in ("low_4h", "low_day"))
    bounds = f"the lower bound of log-loss skill is {low * 100:.3f} %, above 0, and that of AUC {auc:.4f}, above 0.5"
    reasons = [f"{bounds}; every placebo is clean"]
    return {"skill": True, "text": SKILL, "reasons": reasons}


def not_judged(why: str) -> dict[str, Any]:
    return {"skill": False, "text": NO_SKILL, "reasons": [f"not judged: {why}"]}


def _about_bounds(pooled: Mapping[str, Any]) -> list[str]:
    against = []
    for bound, blocks in (("low_4h", "4 hours"), ("low_day", "days")):
        for name, what, chance in _MUST_EXCEED:
            low = pooled[name][bound]
            if low is None:
                against.append(f"too few blocks of {blocks} for an interval of {what}: it takes {BLOCKS_MIN}")
                break
            if low <= chance:
                figure = f"{low * 100:.3f} %" if chance == 0 else f"{low:.4f}"
                against.append(f"the lower bound of {what} by blocks of {blocks} is {figure}, not above {chance}")
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
