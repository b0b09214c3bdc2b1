/** The commands of the workflow as Cloud Run starts them: everything in the environment, JSON lines out. */
import { isDictionary } from '../../../src/core/unit/json.js';
import type { RunResult, Workdir } from '../workdir.js';
import { type Options, optionVariables } from './run-flowbars.js';
import { TINY_DATE, TINY_EXPECT } from './tiny-recording.js';

export type TaskCommand = 'plan' | 'task' | 'finalize' | 'summarize';

export interface LoggedLine {
  readonly severity: string;
  readonly message: string;
}

export const TASK_RUN_ID = 'execution-1';

/** Fields of an execution's arguments, by the matching options. */
const FIELDS: Readonly<Record<string, string>> = {
  symbols: 'symbols',
  from: 'start_date',
  to: 'end_date',
  'window-days': 'window_days',
};
/** A plan by its place and options; `isStored` settles once it is stored. */
interface Planned {
  readonly key: string;
  readonly isStored: Promise<RunResult>;
}

const planned = new WeakMap<Workdir, Map<string, Planned>>();

/** A task of the plan that these options give, in place of those of the tiny recording. */
export async function runTask(
  workdir: Workdir,
  command: Exclude<TaskCommand, 'plan'>,
  index: number,
  options: Options = {},
): Promise<RunResult> {
  await planOnce(workdir, options);
  return await startTask(workdir, command, index, options);
}

/** The same with an existing plan, or without any. */
export async function startTask(
  workdir: Workdir,
  command: TaskCommand,
  index: number,
  options: Options = {},
): Promise<RunResult> {
  return await workdir.run([command], { env: taskVariables(index, options) });
}

/** The variables of a task; those of rules and arguments are for `plan` alone. */
export function taskVariables(index: number, options: Options = {}): Record<string, string> {
  const where = { raw: 'raw', out: 'out', 'run-id': TASK_RUN_ID, window: '1' };
  const what = { from: TINY_DATE, to: TINY_DATE, expect: TINY_EXPECT };
  const products = { resolutions: '1m', outputs: 'bars' };
  const all: Options = { ...where, ...what, ...products, ...options };
  const entries = Object.entries(all);
  const asked = entries.flatMap(([name, value]) => {
    const field = FIELDS[name];
    if (field === undefined || value === undefined) return [];
    return [[field, name === 'window-days' ? Number(value) : value]];
  });
  const own = Object.fromEntries(entries.filter(([name]) => FIELDS[name] === undefined));
  return {
    ...optionVariables(own),
    FLOWBARS_ARGUMENTS: JSON.stringify(Object.fromEntries(asked)),
    CLOUD_RUN_JOB: 'flowbars',
    CLOUD_RUN_EXECUTION: 'execution-of-the-job',
    CLOUD_RUN_TASK_INDEX: String(index),
    CLOUD_RUN_TASK_COUNT: '3',
    CLOUD_RUN_TASK_ATTEMPT: '0',
  };
}

/** Every line of standard output is one JSON object. */
export function loggedLines({ stdout }: RunResult): LoggedLine[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const entry: unknown = JSON.parse(line);
      const { severity, message } = isDictionary(entry) ? entry : {};
      return { severity: String(severity), message: String(message) };
    });
}

/** A run has one plan; if a test changes its options, this makes a new one. */
async function planOnce(workdir: Workdir, options: Options): Promise<void> {
  const { out = 'out', 'run-id': runId = TASK_RUN_ID } = options;
  const folder = `${String(out)}/_manifest/runs/${String(runId)}`;
  const { FLOWBARS_WINDOW: _, ...variables } = taskVariables(0, options);
  const key = JSON.stringify(variables);
  const plans = planned.get(workdir) ?? new Map<string, Planned>();
  planned.set(workdir, plans);
  if (plans.get(folder)?.key !== key) {
    workdir.remove(`${folder}/plan.json`);
    plans.set(folder, { key, isStored: startTask(workdir, 'plan', 0, options) });
  }
  const result = await plans.get(folder)?.isStored;
  if (result?.code !== 0) throw new Error(`no plan: ${result?.stdout} ${result?.stderr}`);
}
