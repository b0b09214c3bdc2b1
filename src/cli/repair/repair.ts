/** `flowbars repair`: computes stale symbol-days again and shows what changed. */
import {
  GROUP_KEPT_BYTES_MAX,
  GROUP_SYMBOLS_BYTES_MAX,
  groupDays,
  type RepairGroup,
} from '../../core/repair/group-days.js';
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import { codec } from '../../edge/format/codec.js';
import { openKeptFiles } from '../../edge/local/kept-files.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { readDataset } from '../../jobs/plan/dataset.js';
import { findStale, type FoundStale, type StaleSearch } from '../../jobs/look/find-stale.js';
import { type Repair, repairStale, type RerunEnd } from '../../jobs/repair/repair.js';
import { STOP_WAIT_MS } from '../../jobs/drive/run-locally.js';
import type { Command, World } from '../command/command.js';
import {
  EXIT_BUG,
  EXIT_GOOD,
  EXIT_NOT_GOOD,
  EXIT_WORLD,
  exitCodeOfSignal,
} from '../command/exit-code.js';
import { flag, type Given, option } from '../option/option.js';
import * as operatorOptions from '../option/operator-options.js';
import * as options from '../option/options.js';
import { effectsOf } from '../compute/open-run.js';
import { repairDocument, type RepairResult } from './repair-document.js';
import { printRepair, repairClosingLine } from './repair-page.js';
import {
  displayAt,
  hereOption,
  openPlace,
  openRerunner,
  refuseKeptInRoots,
  type RepairPlace,
  rulesAt,
  staleAt,
} from './repair-place.js';
import { readRules, readRecentDates, type Roots } from '../compute/request.js';
import { untilStopped } from '../command/until-stopped.js';
import { cloudLog, openWatch, sayStopped } from '../screen/watch.js';

const symbolsOption = option({
  ...options.symbolsOption,
  help: "A,B or a JSON list, or 'all': every symbol in the manifests",
  defaultText: 'all',
});
const missingOption = flag({
  name: 'missing',
  env: 'FLOWBARS_MISSING',
  group: 'What:',
  help: 'also symbol-days with raw chunks that were never published',
});
const removedOption = flag({
  name: 'removed',
  env: 'FLOWBARS_REMOVED',
  group: 'What:',
  help: 'also symbol-days whose raw chunks were only removed',
});
const dryRunOption = option({
  ...operatorOptions.dryRunOption,
  help: 'show what is stale and start nothing; exit code 1 if anything is',
});

/** These rules apply to unpublished days only; published days keep the rules of their report. */
const computeOptions = options.computeOptions.filter(
  (one) =>
    one !== options.symbolsOption &&
    one !== options.fromOption &&
    one !== options.toOption &&
    one !== options.forceOption &&
    one !== options.runIdOption,
);

export const repairCommand: Command = {
  name: 'repair',
  summary: 'compute stale symbol-days again and show what changed',
  options: [
    ...computeOptions,
    operatorOptions.workflowOption,
    operatorOptions.workflowsEndpointOption,
    symbolsOption,
    options.recentFromOption,
    options.recentToOption,
    missingOption,
    removedOption,
    ...options.goodOptions,
    dryRunOption,
    hereOption,
    options.jobsOption,
    options.retriesOption,
    options.jsonOption,
  ],
  examples: [
    { line: 'repair --raw raw --out aggregated --dry-run', does: 'show what is stale and why' },
    { line: 'repair --raw raw --out aggregated', does: 'repair the last 30 days' },
    {
      line: 'repair --workflow projects/p/locations/l/workflows/flowbars',
      does: 'repair a deployment through its workflow',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const wantsJson = given.value(options.jsonOption);
    const isDry = given.value(dryRunOption);
    const dates = readRecentDates(given, world.clock);
    const rules = readRules(given, dates);
    const place = await openPlace(given, world);
    const search = {
      dates,
      symbols: given.value(symbolsOption),
      missing: given.value(missingOption),
      removed: given.value(removedOption),
      rules: rulesAt(place, rules, given),
    };
    if (!isDry) refuseKeptInRoots(place);
    const found = await find(search, place.roots, given, world);
    if (typeof found === 'string') return sayStopped(found, world);
    const stale = staleAt(place, found.stale);
    const groups = groupDays(stale, {
      keptBytesMax: GROUP_KEPT_BYTES_MAX,
      symbolsBytesMax: GROUP_SYMBOLS_BYTES_MAX,
      bytesOf: (text) => codec.encode(text).length,
    });
    const planned: Repair = { runs: groups.map((group) => ({ group, end: undefined })), days: [] };
    const done = isDry ? planned : await repairGroups(found, groups, place, given, world);
    if ('stoppedBy' in done) return sayLeft(done, world);
    const exitCode = isDry ? exitCodeOfFound(found) : exitCodeOfRepair(found, done);
    const isByWorkflow = place.deployment !== undefined;
    printResult({ isDry, isByWorkflow, dates, found, ...done, exitCode }, wantsJson, world);
    return exitCode;
  },
};

async function find(
  search: Omit<StaleSearch, 'dataset'>,
  roots: Roots,
  given: Given,
  world: World,
): Promise<FoundStale | StopSignal> {
  const watch = openWatch(given, world, 0);
  const effects = effectsOf(roots, world, watch.log);
  const finding = async (): Promise<FoundStale> => {
    const dataset = await readDataset(effects);
    const found = await findStale({ ...search, dataset }, effects);
    // Without any manifest the root may be misspelt; folders() then throws.
    if (found.looked === 0 && !search.missing) await roots.out.folders();
    return found;
  };
  const found = await untilStopped(finding(), world).finally(watch.close);
  return found;
}

/** A signal ended the repair. */
interface Stopped {
  readonly stoppedBy: StopSignal;
  /** What still runs, and how to follow it. */
  readonly goesOn: string | undefined;
}

function sayLeft({ stoppedBy, goesOn }: Stopped, world: World): number {
  if (goesOn === undefined) return sayStopped(stoppedBy, world);
  world.stderr.write(`stopped by ${stoppedBy}; ${goesOn}; let it end before the next repair\n`);
  return exitCodeOfSignal(stoppedBy);
}

async function repairGroups(
  found: FoundStale,
  groups: readonly RepairGroup[],
  place: RepairPlace,
  given: Given,
  world: World,
): Promise<Repair | Stopped> {
  const watch = openWatch(given, world, displayAt(place, found.stale.length, world));
  const effects = effectsOf(place.roots, world, watch.log);
  const kept = openKeptFiles();
  let stoppedBy: StopSignal | undefined;
  // Tasks get time to end; after that the repair leaves without them.
  const stopping = world.stopped.then(async (signal) => {
    stoppedBy = signal;
    await world.clock.waitMs(2 * STOP_WAIT_MS);
    return signal;
  });
  try {
    if (groups.length === 0) return { runs: [], days: [] };
    const rerunner = await openRerunner(place, effects, given, world);
    const isStopped = (): boolean => stoppedBy !== undefined;
    const repairing = repairStale(found.stale, groups, {
      stores: effects,
      kept,
      rerunner,
      isStopped,
    });
    const done = await Promise.race([repairing, stopping]);
    if (typeof done !== 'string' && stoppedBy === undefined) return done;
    return { stoppedBy: stoppedBy ?? 'SIGTERM', goesOn: rerunner.goesOn?.() };
  } finally {
    await kept.clear();
    watch.close();
  }
}

function exitCodeOfFound(found: FoundStale): number {
  return found.stale.length === 0 && !hasBeyondRepair(found) ? EXIT_GOOD : EXIT_NOT_GOOD;
}

/** True for what no run can mend: an unreadable manifest, or damaged files whose chunks are gone. */
function hasBeyondRepair({ left, unreadable }: FoundStale): boolean {
  return unreadable.length > 0 || left.some(({ isDamaged }) => isDamaged);
}

function exitCodeOfRepair(found: FoundStale, { runs, days }: Repair): number {
  const ended = (end: RerunEnd['end']): boolean => runs.some((run) => run.end?.end === end);
  const came = (...outcomes: readonly string[]): boolean =>
    days.some(({ outcome }) => outcomes.includes(outcome));
  if (ended('broken')) return EXIT_BUG;
  if (ended('world_failed') || came('undone', 'not_started')) return EXIT_WORLD;
  return came('failed') || hasBeyondRepair(found) ? EXIT_NOT_GOOD : EXIT_GOOD;
}

/** As `run` does: a document in a pipe, a page for a person, one JSON line in Cloud Run. */
function printResult(result: RepairResult, wantsJson: boolean, world: World): void {
  const { stdout, stderr, environment } = world;
  if (isCloudRunJob(environment)) {
    const closing_line = repairClosingLine(result, (_style, text) => text);
    const severity = result.exitCode === EXIT_GOOD ? 'INFO' : 'ERROR';
    const fields = { closing_line, exit_code: result.exitCode };
    cloudLog(world, 0).event(severity, 'result', fields);
    return;
  }
  const isPage = !wantsJson && stdout.isTty;
  if (!isPage) stdout.write(`${JSON.stringify(repairDocument(result), null, 2)}\n`);
  const person = isPage ? stdout : stderr;
  if (person.isTty) printRepair(result, person);
  person.write(`${repairClosingLine(result, person.paint)}\n`);
}
