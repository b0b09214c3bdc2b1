"""train: every model over every fold, its placebos, its verdict, and a last fit that never saw a sealed row."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from train.dataset.card import SCHEMA_VERSION, Card, Limits, check_files, read_card
from train.dataset.parts import directed, training_part
from train.dataset.samples import FLAT, Samples, read_samples
from train.events import Progress, Says
from train.failure import Failure
from train.job.judged_model import costs_of, importance_of, judged_model
from train.job.ledger import TRIAL, add_to_ledger, check_writable
from train.job.model_folder import model_card, write_model, write_predictions
from train.job.output import EVALUATION_NAME, check_into, folder_at_end, write_json
from train.job.versions import created_by
from train.judge.control import why_not_beaten
from train.judge.fold_runs import pooled_outcome, run_fold
from train.judge.outcome import Outcome
from train.judge.power import smallest_auc
from train.judge.verdict import verdict_of
from train.model.protocol import ModelKind, Settings
from train.model.registry import kinds_of
from train.placebo.placebos import Bench, placebos_not_run, placebos_required, run_placebos
from train.request import Request


@dataclass(frozen=True)
class Training:
    """What the models of one request share; `outcomes` by model and `trials` grow."""

    bench: Bench
    request: Request
    folder: Path
    progress: Progress
    outcomes: dict[str, Outcome | None]
    trials: list[dict[str, Any]]


def train(request: Request, say: Says) -> Path:
    """The path of the evaluation."""
    card = read_card(request.dataset)
    if not card.folds:
        expected = "a dataset with folds"
        raise Failure("data", what="folds", found=f"none: {card.folds_detail}", expected=expected, where=card.where)
    check_into(request.into, may_hold_models=True)
    check_writable(card.folder)
    kinds = kinds_of(request, card)
    check_files(card)
    samples = read_samples(card)
    opened = samples.take(samples.fold != -1)
    settings = Settings(tuple(feature.name for feature in card.features), request.seed, request.threads)
    bench = Bench(card, opened, _martingale(card), settings, request.is_quick)
    progress = Progress(say, sum(len(card.folds) + 1 + bench.steps(kind) for kind in kinds))
    with folder_at_end(request.into, may_hold_models=True) as folder:
        run = Training(bench, request, folder, progress, {}, [])
        # Controls first; told in the order of the request.
        judged = {kind.name: _model(kind, run) for kind in sorted(kinds, key=lambda kind: kind.control is not None)}
        models = [judged[kind.name] for kind in kinds]
        # Counted before anything is shown: a run that is stopped here counts though nobody saw it.
        count = add_to_ledger(card.folder, run.trials)
        write_json(folder / EVALUATION_NAME, _evaluation(card, samples, models, count, request))
    return request.into / EVALUATION_NAME


def _martingale(card: Card) -> Samples | str:
    if any(card.file("martingale", symbol) is None for symbol in card.symbols):
        return "the dataset has no martingale files"
    martingale = read_samples(card, "martingale")
    return martingale.take(martingale.fold != -1)


def _model(kind: ModelKind, training: Training) -> dict[str, Any]:
    begin = time.monotonic()
    request, progress, card = training.request, training.progress, training.bench.card
    settings = replace(training.bench.settings, features=kind.features(training.bench.settings))
    bench = replace(training.bench, samples=kind.seen(training.bench.samples, progress.tell), settings=settings)
    runs = []
    for limits in card.folds:
        runs.append(run_fold(kind, bench.samples, limits, settings))
        progress.step(f"{kind.name} fold {limits.fold}")
    judged = judged_model(kind.name, runs, request.costs_bps, request.seed)
    part = training_part(bench.samples, _last_limits(card, bench.samples))
    fitted = part if isinstance(part, str) else kind.fit(part, settings)
    progress.step(f"{kind.name} on all but the sealed days")
    outcome = training.outcomes[kind.name] = pooled_outcome(runs)
    if judged["status"] == "judged" and outcome is not None:
        judged["placebos"] = run_placebos(kind, bench, progress.step)
        about_control = (
            None if kind.control is None else why_not_beaten(outcome, training.outcomes[kind.control], request.seed)
        )
        judged["verdict"] = verdict_of(judged["pooled"], judged["placebos"], placebos_required(kind), about_control)
    else:
        judged["placebos"] = placebos_not_run("the model itself could not be judged")
    options: dict[str, Any] = {}
    if isinstance(fitted, str) or isinstance(part, str):
        judged["detail"] = "; ".join(one for one in (judged["detail"], f"no last fit: {fitted}") if one)
    else:
        judged["importance"] = importance_of(fitted)
        options = dict(fitted.options())
        document = model_card(card, kind, fitted, part.train, card.sealed, judged)
        write_model(training.folder / kind.name, document, kind, fitted, part.train)
    write_predictions(training.folder / kind.name, card, runs)
    training.trials.append(_trial(card, kind.name, request.seed, options))
    judged["seconds"] = round(time.monotonic() - begin, 1)
    return judged


def _last_limits(card: Card, samples: Samples) -> Limits:
    """The last fit learns from all that comes an embargo before the sealed days; from all rows without such days."""
    if card.sealed is not None:
        return card.sealed
    first, last = int(samples.decision_ms.min(initial=0)), int(samples.label_end_ms.max(initial=0))
    return Limits(-1, first, last, None, None, last, last + 1)


def _trial(card: Card, model: str, seed: int, options: dict[str, Any]) -> dict[str, Any]:
    return {"kind": TRIAL, "card_sha256": card.sha256, "model": model, "seed": seed, "options": options}


def _evaluation(
    card: Card, samples: Samples, models: list[dict[str, Any]], trials: int, request: Request
) -> dict[str, Any]:
    tests = samples.take(samples.fold >= 1)
    mean_abs, costs = costs_of(tests, request.costs_bps)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "evaluation",
        "created_by": created_by(card.flowbars),
        "dataset": dataset_document(card, samples),
        "trials": trials,
        "smallest_auc": smallest_auc(tests.take(directed(tests))),
        "mean_abs_return_bps": mean_abs,
        "costs": costs,
        "sealed": None,
        "models": models,
    }


def dataset_document(card: Card, samples: Samples) -> dict[str, Any]:
    return {
        "card_sha256": card.sha256,
        "symbols": list(card.symbols),
        "from": card.from_date,
        "to": card.to_date,
        "horizon_ms": card.horizon_ms,
        "rows": int((samples.fold != -1).sum()),
        "flat_rows": int(((samples.label == FLAT) & (samples.fold != -1)).sum()),
        "rows_sealed": int((samples.fold == -1).sum()),
    }
