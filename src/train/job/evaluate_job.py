"""evaluate: a finished model on rows that it cannot have seen, or, once, on the sealed ones."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from train.dataset.card import SCHEMA_VERSION, Card, Limits, check_files, iso_text, milliseconds_of, read_card
from train.dataset.parts import directed
from train.dataset.samples import Samples, read_samples
from train.events import Progress, Says
from train.failure import Failure
from train.job.judged_model import costs_of, importance_of, judged_model
from train.job.ledger import TRIAL, add_opening, check_opening, check_writable, read_ledger
from train.job.model_folder import formulas_of, read_model_card, write_predictions
from train.job.output import EVALUATION_NAME, MODEL_CARD_NAME, check_into, folder_at_end, write_json
from train.job.train_job import dataset_document
from train.job.versions import created_by
from train.judge.control import why_not_beaten
from train.judge.fold_runs import FoldRun, words_of_refused
from train.judge.power import smallest_auc
from train.judge.verdict import verdict_of
from train.model.protocol import Fitted, ModelKind, Settings, predict
from train.model.registry import kind_of_card
from train.placebo.placebos import placebos_required
from train.request import Request


def evaluate(request: Request, say: Says) -> Path:
    """The path of the evaluation."""
    begin = time.monotonic()
    model_dir = request.model_dir or Path()
    model = read_model_card(model_dir)
    card = read_card(request.dataset)
    _check_question(model, card, model_dir)
    check_into(request.into, may_hold_models=False)
    if model_dir.resolve() in request.into.resolve().parents:
        expected = "a folder outside of the model's, which holds nothing else"
        raise Failure("usage", what="--into", found="a folder of the model", expected=expected, where=str(request.into))
    if request.sealed:
        _check_sealed(card, model, model_dir, is_again=request.again)
    kind = kind_of_card(model, card, model_dir)
    settings = Settings(tuple(feature.name for feature in card.features), request.seed, request.threads)
    fitted = kind.load(model_dir, {**model, "dataset_features": kind.features(settings)})
    check_files(card)
    progress = Progress(say, 2)
    all_rows = read_samples(card)
    samples = kind.seen(all_rows, progress.tell)
    run, seen = _run(model, card, samples, fitted, request.sealed)
    control = kind.control_kind(request.seed)
    about_control = None
    if control is not None and run.outcome is not None:
        control_rows = control.seen(all_rows, progress.tell)
        beside, _ = _run(model, card, control_rows, control.load(model_dir, model), request.sealed)
        about_control = why_not_beaten(run.outcome, beside.outcome, request.seed)
    progress.step(f"{kind.name} on {len(run.test)} rows")
    judged = _judged(model, kind, fitted, run, request, about_control)
    progress.step(f"{kind.name} judged")
    if seen > 0:
        words = f"{seen} rows are left out: the model may have seen them or their surroundings"
        judged["detail"] = "; ".join(one for one in (judged["detail"], words) if one)
    judged["seconds"] = round(time.monotonic() - begin, 1)
    with folder_at_end(request.into, may_hold_models=False) as folder:
        # The original folds, for who reads the predictions.
        write_predictions(folder / kind.name, card, [run])
        sealed = _open_seal(card, model, model_dir, is_again=request.again) if request.sealed else None
        write_json(folder / EVALUATION_NAME, _evaluation(card, samples, run.test, judged, sealed, request))
    return request.into / EVALUATION_NAME


def _run(model: Mapping[str, Any], card: Card, samples: Samples, fitted: Fitted, sealed: bool) -> tuple[FoldRun, int]:
    """The rows to judge by as one fold, and how many of that kind the model may have seen."""
    kind = samples.take((samples.fold == -1) == sealed)
    trained = model["trained"]
    embargo_ms = max(card.embargo_ms, int(model["embargo_ms"]))
    look_back_ms = max(card.look_back_ms, int(model["look_back_ms"]))
    last_ms = milliseconds_of(trained["last_label_end"])
    test = kind.take(kind.decision_ms - look_back_ms > last_ms + embargo_ms)
    if len(test) == 0:
        name = "sealed row" if sealed else "row outside the sealed days"
        expected = f"rows later than {iso_text(last_ms + embargo_ms + look_back_ms)}" + (
            "" if sealed else ", or --sealed"
        )
        found = f"no {name} that the model cannot have seen"
        raise Failure("data", what="rows", found=found, expected=expected, where=card.where)
    prediction = predict(fitted, test)
    first_ms, end_ms = int(test.decision_ms.min()), int(test.decision_ms.max()) + 1
    limits = Limits(-1 if sealed else 1, 0, last_ms, None, None, first_ms, end_ms + 60_000)
    detail = words_of_refused(prediction)
    run = FoldRun(limits, int(trained["rows"]), test, prediction.p_up, float(trained["base_rate"]), fitted, detail)
    return run, len(kind) - len(test)


def _judged(
    model: Mapping[str, Any],
    kind: ModelKind,
    fitted: Fitted,
    run: FoldRun,
    request: Request,
    about_control: str | None,
) -> dict[str, Any]:
    # One model, so one level: pairs of all its rows can be compared, whatever folds the dataset has.
    one_fold = replace(run, test=replace(run.test, fold=np.full(len(run.test), run.limits.fold)))
    judged = judged_model(kind.name, [one_fold], request.costs_bps, request.seed)
    judged["importance"] = importance_of(fitted)
    judged["placebos"] = [
        {**placebo, "detail": f"when it was trained: {placebo['detail']}", "runs": []} for placebo in model["placebos"]
    ]
    if judged["status"] == "judged":
        judged["verdict"] = verdict_of(judged["pooled"], judged["placebos"], placebos_required(kind), about_control)
    return judged


def _check_question(model: Mapping[str, Any], card: Card, model_dir: Path) -> None:
    """A model answers the question that it was trained on, from the features that it was trained on."""
    where = str(model_dir / MODEL_CARD_NAME)
    for name, value in model["labelling"].items():
        if card.labelling.get(name) != value:
            found = f"{value} in training, {card.labelling.get(name)} in {card.where}"
            raise Failure("usage", what=name, found=found, expected="the same", where=where)
    formulas = formulas_of(card)
    for one in model["inputs"]:
        if formulas.get(one["name"]) != one["formula"]:
            found = "another formula" if one["name"] in formulas else "none"
            expected = f"the feature that the model was trained on, in {card.where}"
            raise Failure("data", what=f"feature {one['name']}", found=found, expected=expected, where=where)


def _check_sealed(card: Card, model: Mapping[str, Any], model_dir: Path, *, is_again: bool) -> None:
    if card.sealed is None:
        expected = "a dataset with sealed days"
        raise Failure("usage", what="--sealed", found="no sealed days", expected=expected, where=card.where)
    check_writable(card.folder)
    if not os.access(model_dir / MODEL_CARD_NAME, os.W_OK) or not os.access(model_dir, os.W_OK):
        expected = "a card that the opening can be written into"
        where = str(model_dir / MODEL_CARD_NAME)
        raise Failure("world", what="model card", found="no right to write", expected=expected, where=where)
    check_opening(card.folder, _known_openings(card, model), is_again=is_again)


def _known_openings(card: Card, model: Mapping[str, Any]) -> int:
    """As the model's card tells them: a ledger that was lost makes no sealed row unseen."""
    return max((one["opening"] for one in model["sealed_openings"] if one["card_sha256"] == card.sha256), default=0)


def _open_seal(card: Card, model: Mapping[str, Any], model_dir: Path, *, is_again: bool) -> dict[str, Any]:
    """Written down before the result is there: who sees it has been counted."""
    entry = {"card_sha256": card.sha256, "model": model["model"], "model_sha256": model["file"]["sha256"]}
    opening = add_opening(card.folder, entry, _known_openings(card, model), is_again=is_again)
    known = [*model["sealed_openings"], {"card_sha256": card.sha256, "opening": opening}]
    temporary = model_dir / f".{MODEL_CARD_NAME}.unfinished-{os.getpid()}"
    try:
        write_json(temporary, {**model, "sealed_openings": known})
        temporary.replace(model_dir / MODEL_CARD_NAME)
    finally:
        temporary.unlink(missing_ok=True)
    return {"opening": opening, "again": opening > 1}


def _evaluation(
    card: Card, samples: Samples, test: Samples, judged: dict[str, Any], sealed: Any, request: Request
) -> dict[str, Any]:
    mean_abs, costs = costs_of(test, request.costs_bps)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "evaluation",
        "created_by": created_by(card.flowbars),
        "dataset": dataset_document(card, samples),
        "trials": sum(entry["kind"] == TRIAL for entry in read_ledger(card.folder)),
        "smallest_auc": smallest_auc(test.take(directed(test))),
        "mean_abs_return_bps": mean_abs,
        "costs": costs,
        "sealed": sealed,
        "models": [judged],
    }
