/** `flowbars repair`: computes stale symbol-days again and shows what changed. */
import {
  GROUP_KEPT_BYTES_MAX,
  GROUP_SYMBOLS_BYTES_MAX,
  groupDays,
} from '../../core/repair/group-days.js';
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import { codec } from '../../edge/format/codec.js';
import type { Repair } from '../../jobs/repair/repair.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD, exitCodeOfSignal } from '../command/exit-code.js';
import { flag, option } from '../option/option.js';
import * as operatorOptions from '../option/operator-options.js';
import * as options from '../option/options.js';
import { exitCodeOfFound, exitCodeOfRepair } from './repair-end.js';
import { repairDocument, type RepairResult } from './repair-document.js';
import { printRepair, repairSentence } from './repair-page.js';
import { refuseKeptInRoots } from './refuse-kept-in-roots.js';
import { hereOption, openPlace, rulesAt, staleAt } from './repair-place.js';
import { findStaleDays, repairGroups, type StoppedRepair } from './repair-steps.js';
import { readRecentDates, readRules } from '../compute/request.js';
import { type AskedFormat, askedFormat, printOutput } from '../screen/output.js';
import { closingLine, printClosing } from '../screen/verdict.js';
import { cloudLog, sayStopped } from '../screen/watch.js';

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
    one !== options.lastOption &&
    one !== options.forceOption &&
    // --removed says it.
    one !== options.acceptRemovedOption &&
    one !== options.runIdOption,
);

export const repairCommand: Command = {
  name: 'repair',
  summary: 'compute stale symbol-days again and show what changed',
  required: [
    { option: options.rawOption, unless: operatorOptions.workflowOption },
    { option: options.outOption, unless: operatorOptions.workflowOption },
  ],
  options: [
    ...computeOptions,
    operatorOptions.workflowOption,
    operatorOptions.workflowsEndpointOption,
    symbolsOption,
    options.recentFromOption,
    options.recentToOption,
    options.lastOption,
    missingOption,
    operatorOptions.removedOption,
    ...options.goodOptions,
    dryRunOption,
    hereOption,
    options.jobsOption,
    options.threadsOption,
    options.retriesOption,
    ...options.outputOptions,
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
    const asked = askedFormat(given);
    const isDry = given.value(dryRunOption);
    const dates = readRecentDates(given, world.clock);
    const rules = readRules(given, dates);
    const place = await openPlace(given, world);
    const search = {
      dates,
      symbols: given.value(symbolsOption),
      missing: given.value(missingOption),
      removed: given.value(operatorOptions.removedOption),
      rules: rulesAt(place, rules, given),
    };
    if (!isDry) refuseKeptInRoots(place.roots);
    const found = await findStaleDays(search, place.roots, given, world);
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
    printResult({ isDry, isByWorkflow, dates, found, ...done, exitCode }, asked, world);
    return exitCode;
  },
};

function sayLeft({ stoppedBy, goesOn }: StoppedRepair, world: World): number {
  if (goesOn === undefined) return sayStopped(stoppedBy, world);
  world.stderr.write(`stopped by ${stoppedBy}; ${goesOn}; let it end before the next repair\n`);
  return exitCodeOfSignal(stoppedBy);
}

/** As `run` does: a document in a pipe, a page for a person, one JSON line in Cloud Run. */
function printResult(result: RepairResult, asked: AskedFormat, world: World): void {
  if (isCloudRunJob(world.environment)) {
    const closing_line = closingLine(result.exitCode, repairSentence(result));
    const severity = result.exitCode === EXIT_GOOD ? 'INFO' : 'ERROR';
    const fields = { closing_line, exit_code: result.exitCode };
    cloudLog(world, 0).event(severity, 'result', fields);
    return;
  }
  const document = repairDocument(result);
  printOutput(
    {
      document,
      rows: document.days,
      page: (terminal) => printRepair(result, terminal),
      closing: (terminal) => printClosing(result.exitCode, repairSentence(result), terminal),
    },
    asked,
    world,
  );
}
