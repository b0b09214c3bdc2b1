/** Computes stale symbol-days again and shows what changed, for `flowbars repair`. */
import {
  GROUP_KEPT_BYTES_MAX,
  GROUP_SYMBOLS_BYTES_MAX,
  groupDays,
} from '../../core/repair/group-days.js';
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import { codec } from '../../edge/format/codec.js';
import type { Repair } from '../../jobs/repair/repair.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import { EXIT_GOOD, exitCodeOfSignal } from '../command/exit-code.js';
import * as operatorOptions from '../option/operator-options.js';
import { exitCodeOfFound, exitCodeOfRepair } from './repair-end.js';
import { repairDocument, type RepairResult } from './repair-document.js';
import { printRepair, repairSentence } from './repair-page.js';
import { refuseKeptInRoots } from './refuse-kept-in-roots.js';
import { openPlace, rulesAt, staleAt } from './repair-place.js';
import { findStaleDays, repairGroups, type StoppedRepair } from './repair-steps.js';
import { readRecentDates, readRules } from '../compute/request.js';
import { type AskedFormat, askedFormat, printOutput } from '../screen/output.js';
import { closingLine, printClosing } from '../screen/verdict.js';
import { cloudLog, sayStopped } from '../screen/watch.js';
import type { Given } from '../option/option.js';
import { dryRunOption, missingOption, symbolsOption } from './repair.js';

export async function executeRepair(given: Given, world: World): Promise<number> {
  const asked = askedFormat(given);
  const isDry = given.value(dryRunOption);
  const dates = readRecentDates(given, world.clock);
  // Refused before the deployment is asked.
  readRules(given, dates);
  const place = await openPlace(given, world);
  const rules = readRules(await declaredGiven(given, place.roots.raw), dates);
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
}

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
