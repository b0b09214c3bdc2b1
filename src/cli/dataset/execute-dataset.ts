/** Makes a dataset and shows what is in it, for `flowbars dataset`. */
import {
  BARRIER_K_DEFAULT,
  checkLabelOptions,
  LABEL_DEFAULTS,
  type LabelOptions,
  type LabelRule,
} from '../../core/label/label-options.js';
import type { DatasetAsked, MadeDatasetDocument } from '../../core/dataset/card-shape.js';
import { checkSplitOptions } from '../../core/split/split-options.js';
import { MINUTE_MS } from '../../core/unit/utc-date.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import { codeVersion } from '../../edge/process/version.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import { type DatasetRequest, makeDataset } from '../../jobs/dataset/make-dataset.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { openSearch } from '../pattern/published-search.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printClosing } from '../screen/verdict.js';
import * as options from './dataset.js';
import {
  datasetSentence,
  isGoodDataset,
  printDataset,
  printNextOfDataset,
} from './dataset-page.js';

export async function executeDataset(given: Given, world: World): Promise<number> {
  const choice = readChoice(given);
  const { search, effects } = await openSearch(given, world);
  const into = openInto(given, effects.out);
  const request: DatasetRequest = {
    ...search,
    ...choice,
    codeVersion: codeVersion(world.environment),
    onDone: countLine('read', 'symbol-day', world),
  };
  const making = makeDataset(request, { ...effects, into });
  const made = await inTypedRoot(`--${options.intoOption.name}`, into, making);
  world.stderr.redraw([]);
  const { card, cardSha256, outcome } = made;
  const document: MadeDatasetDocument = {
    into: into.root,
    card_sha256: cardSha256,
    outcome,
    ...card,
  };
  const exitCode = isGoodDataset(card) ? EXIT_GOOD : EXIT_NOT_GOOD;
  printOutput(
    {
      document,
      rows: card.files,
      page: (terminal) => printDataset(card, terminal),
      closing: (terminal) => {
        printClosing(exitCode, datasetSentence(made, into.root), terminal);
        printNextOfDataset(card, into.root, terminal);
      },
    },
    askedFormat(given),
    world,
  );
  return exitCode;
}

function readChoice(given: Given): Pick<DatasetRequest, 'labels' | 'split' | 'asked'> {
  const labels: LabelOptions = {
    latencyMs: given.value(options.latencyOption),
    waitMaxMs: given.value(options.waitMaxOption),
    horizonMs: given.value(options.horizonOption),
    lookBackMinutes: LABEL_DEFAULTS.lookBackMinutes,
    keepUnproven: given.value(options.keepUnprovenOption),
    rule: readRule(given),
  };
  checkLabelOptions(labels);
  const lookBackMs = labels.lookBackMinutes * MINUTE_MS;
  const embargoMs = given.optional(options.embargoOption) ?? labels.horizonMs + lookBackMs;
  const split = {
    folds: given.value(options.foldsOption),
    rollingDays: given.optional(options.rollingOption),
    sealedPercent: given.value(options.sealedOption),
    embargoMs,
    horizonMs: labels.horizonMs,
    lookBackMs,
  };
  checkSplitOptions(split);
  const asked: DatasetRequest['asked'] = {
    latency_ms: labels.latencyMs,
    wait_max_ms: labels.waitMaxMs,
    horizon_ms: labels.horizonMs,
    look_back_ms: lookBackMs,
    ...saidRule(labels.rule),
    fee_bps: Number(given.value(options.feeOption)),
    keep_unproven: labels.keepUnproven,
    embargo_ms: embargoMs,
    folds: split.folds,
    rolling_days: split.rollingDays ?? null,
    sealed_percent: split.sealedPercent,
    seed: given.value(options.seedOption),
  };
  return { labels, split, asked };
}

/** Barriers have no dead zone, and a dead zone has no barriers. */
function readRule(given: Given): LabelRule {
  const isFixed = given.value(options.labelsOption) === 'fixed';
  const other = isFixed ? options.barrierOption : options.deadZoneOption;
  const [text, where] = [given.text(other), given.where(other)];
  if (text !== undefined && where.startsWith('--') && text !== other.defaultText) {
    const labels = `--${options.labelsOption.name} ${given.value(options.labelsOption)}`;
    refuse(where, 'option', `${quoted(text)} with ${labels}`, 'it with the other kind of labels');
  }
  if (!isFixed) {
    return {
      kind: 'triple_barrier',
      barrierK: given.optional(options.barrierOption) ?? BARRIER_K_DEFAULT,
    };
  }
  const zone = given.value(options.deadZoneOption);
  if (zone === 'spread') return { kind: 'fixed', deadZone: { kind: 'spread' } };
  if (zone === 'cost') {
    const feeBps = Number(given.value(options.feeOption));
    return { kind: 'fixed', deadZone: { kind: 'cost', feeBps } };
  }
  return { kind: 'fixed', deadZone: { kind: 'bps', bps: zone } };
}

function saidRule(rule: LabelRule): Pick<DatasetAsked, 'labels' | 'dead_zone' | 'barrier_k'> {
  if (rule.kind === 'triple_barrier') {
    const dead_zone = { kind: 'bps', bps: 0 } as const;
    return { labels: 'triple-barrier', dead_zone, barrier_k: rule.barrierK };
  }
  const { deadZone } = rule;
  const bps = deadZone.kind === 'bps' ? deadZone.bps : null;
  return { labels: 'fixed', dead_zone: { kind: deadZone.kind, bps }, barrier_k: null };
}

/** A root of its own: the files of a dataset must not lie among those that are published. */
function openInto(given: Given, out: Store): Store {
  const into = given.value(options.intoOption);
  if (rootsOverlap(out.root, into)) {
    const expected = 'two roots, neither inside the other';
    const where = `--${options.intoOption.name}`;
    refuse(where, 'root', `'${into}' with output root '${out.root}'`, expected);
  }
  return openStore(into, { gcsEndpoint: given.optional(gcsEndpointOption) });
}
