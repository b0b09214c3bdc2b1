/** Reads and folds the chunks of a symbol-day; decides and stores nothing. */
import { dayEvidence } from '../../core/day/day-evidence.js';
import { SymbolDayPass } from '../../core/day/symbol-day-pass.js';
import type { DayPlan } from '../../core/plan/day-plan.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import { counted } from '../../core/unit/words.js';
import type { Effects, Log } from '../ports.js';
import type { ComputedDay } from './day-outcome.js';
import { readChunks } from './read-chunks.js';

/** Fields of the event `progress` of a symbol-day. The log limits how often it is written. */
interface DayProgress {
  readonly symbol: string;
  readonly date: string;
  readonly chunks_done: number;
  readonly chunks_total: number;
  readonly bytes_done: number;
  readonly bytes_total: number;
}

/** Logs events `progress`. Throws FlowbarsErrors of kind `world` and `limit`. */
export async function computeDay(
  day: SymbolDay,
  plan: DayPlan,
  rules: DayRules,
  effects: Effects,
): Promise<ComputedDay> {
  const { raw, codec, tables, log } = effects;
  const objects = plan.steps.flatMap((step) => step.objects);
  const totals = {
    chunks_total: objects.length,
    bytes_total: objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
  const pass = new SymbolDayPass(day, rules, (line) => tables.splitLine(line));
  const { count: skipped, first: firstSkipped } = plan.skipped;
  if (firstSkipped !== undefined) {
    const detail = `${counted(skipped, 'file')} of the day's folders ${skipped === 1 ? 'is' : 'are'} not named like a chunk: not read`;
    pass.findings.add('names_skipped', firstSkipped, detail);
  }
  const inputs: InputObject[] = [];
  let bytesDone = 0;
  for await (const read of readChunks(plan.steps, raw, codec)) {
    pass.take(read.step, read.contents);
    inputs.push(...read.inputs);
    bytesDone += read.inputs.reduce((sum, { size }) => sum + size, 0);
    const done = { chunks_done: inputs.length, bytes_done: bytesDone };
    noteProgress({ ...day, ...done, ...totals }, log);
  }
  const features = pass.finish();
  return { day, inputs, features, evidence: dayEvidence(pass, features) };
}

function noteProgress(progress: DayProgress, log: Log): void {
  log.event('DEBUG', 'progress', { ...progress });
}
