/**
 * The output of the quickstart as the README shows it: the script's own lines, and under each command
 * what a terminal would show of its result. `…` stands for what is left out.
 */
import { finalizedDates, printResult } from '../../../src/cli/compute/result.js';
import { isDictionary } from '../../../src/core/unit/json.js';
import { recordsOf } from '../e2e/run-flowbars.js';
import { paperTerminal } from './paper-terminal.js';

/** A code block of a page is about this wide. */
const COLUMNS = 100;
/** The suggestions at the end. */
const LEFT_OUT_FROM = 'Look at';
const LEFT_OUT = '…';
/** The two values that differ from run to run. */
const RUN_ID = '20251223T002000Z-4f1c2a';
const SECONDS = 2.1;

/** `printed` is the script's output with the JSON document of each command under its line. */
export function quickstartBlock(printed: string): string[] {
  const block: string[] = [];
  let out = '';
  let json: string[] | undefined;
  for (const line of printed.trim().split('\n')) {
    if (line === LEFT_OUT_FROM) return [...block, LEFT_OUT];
    out = /--out (\S+)/u.exec(line)?.[1] ?? out;
    if (line === '{') json = [];
    json?.push(line);
    if (json === undefined) block.push(line);
    if (line !== '}') continue;
    block.push(...resultLines((json ?? []).join('\n'), out));
    json = undefined;
  }
  throw new Error(`the quickstart printed no line '${LEFT_OUT_FROM}':\n${printed}`);
}

function resultLines(text: string, outRoot: string): string[] {
  const document: unknown = JSON.parse(text);
  if (!isDictionary(document)) throw new Error('no document');
  if (document['records'] === undefined) return [LEFT_OUT];
  const records = recordsOf({ stdout: text }).map((record) => ({ ...record, seconds: SECONDS }));
  const { lines, world } = paperTerminal(COLUMNS);
  const shown = { runId: RUN_ID, outRoot, symbolDays: [], document: {}, records };
  const stored = { hasSummary: true, manifestDates: finalizedDates(records) };
  printResult(
    { ...shown, ...stored, exitCode: document['good'] === true ? 0 : 1 },
    undefined,
    world,
  );
  return lines.map((line) =>
    line.length > COLUMNS ? `${line.slice(0, COLUMNS)}${LEFT_OUT}` : line,
  );
}
