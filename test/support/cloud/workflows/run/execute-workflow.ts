/** One execution from its argument to its end, told as the Executions API tells it. */
import type { Workflow } from '../check/deploy-workflow.js';
import { runRoutine } from './interpreter.js';
import { jsonText, parseJson } from '../expression/json-text.js';
import { ARGUMENT_BYTES_MAX } from './limits.js';
import { type CurrentStep, type ExecutionSettings, RunningExecution } from './running-execution.js';
import { isMap, mapOf, type Value } from '../expression/values.js';
import { ExecutionEnd, type Frame, RaisedError } from './workflow-errors.js';

/** Numbers of 64 bits are text in the API's JSON. */
interface StackElement extends CurrentStep {
  readonly position: { readonly line: string; readonly column: string };
}

export interface ExecutionError {
  readonly payload: string;
  readonly context: string;
  readonly stackTrace: { readonly elements: readonly StackElement[] };
}

export type Outcome =
  | { readonly state: 'SUCCEEDED'; readonly result: string }
  | { readonly state: 'FAILED' | 'CANCELLED'; readonly error: ExecutionError };

export interface Execution {
  readonly outcome: Promise<Outcome>;
  readonly currentStep: () => CurrentStep | undefined;
  readonly cancel: () => void;
}

/** Why a text cannot be the argument of an execution; undefined where it can. */
export function whyNoArgument(text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > ARGUMENT_BYTES_MAX) {
    return `argument of ${bytes} bytes, at most ${ARGUMENT_BYTES_MAX}`;
  }
  try {
    parseJson(text);
    return undefined;
  } catch (error) {
    return `argument is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** `argument` is JSON text; throws a RangeError where it is not, or too long. */
export function executeWorkflow(
  workflow: Workflow,
  argument: string,
  settings: ExecutionSettings,
): Execution {
  const reason = whyNoArgument(argument);
  if (reason !== undefined) throw new RangeError(reason);
  const controller = new AbortController();
  const running = new RunningExecution(workflow, settings, controller.signal);
  return {
    outcome: outcomeOf(parseJson(argument), running),
    currentStep: () => running.current,
    cancel: () => controller.abort(new ExecutionEnd('Cancelled', 'the execution was cancelled')),
  };
}

async function outcomeOf(argument: Value, running: RunningExecution): Promise<Outcome> {
  const { main } = running.workflow.program;
  const parameters = new Map(main.parameters.map((name) => [name, argument]));
  try {
    const value = await runRoutine(main, parameters, running);
    return { state: 'SUCCEEDED', result: jsonText(value) };
  } catch (error) {
    const state = running.signal.aborted ? 'CANCELLED' : 'FAILED';
    if (error instanceof RaisedError || error instanceof ExecutionEnd) {
      return { state, error: executionError(error.value, error.frames) };
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { state, error: executionError(mapOf({ message, tags: ['SystemError'] }), []) };
  }
}

function executionError(value: Value, frames: readonly Frame[]): ExecutionError {
  const payload = jsonText(value);
  const message = isMap(value) ? (value.get('message') ?? null) : value;
  const lines = frames.map(
    ({ step, routine, line }) => `in step "${step}", routine "${routine}", line: ${line}`,
  );
  const hasMore =
    isMap(value) && [...value.keys()].some((key) => key !== 'message' && key !== 'tags');
  const context = [
    typeof message === 'string' ? message : jsonText(message),
    ...lines,
    ...(hasMore ? [jsonText(value, '  ')] : []),
  ].join('\n');
  const elements = frames.map(({ step, routine, line, column }) => ({
    step,
    routine,
    position: { line: String(line), column: String(column) },
  }));
  return { payload, context, stackTrace: { elements } };
}
