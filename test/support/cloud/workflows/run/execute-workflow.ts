/** Runs one execution from its argument to its end, in the terms of the Executions API. */
import type { Workflow } from '../check/deploy-workflow.js';
import { jsonText, parsedOrUndefined, parseJson } from '../expression/json-text.js';
import { textOrEmpty, type Value, type WorkflowMap } from '../expression/values.js';
import { runRoutine } from './interpreter.js';
import { ARGUMENT_BYTES_MAX } from './limits.js';
import { type CurrentStep, type ExecutionSettings, RunningExecution } from './running-execution.js';
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

/** Why a text cannot be the argument of an execution; undefined when it can. */
export function whyNoArgument(text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  const most = `at most ${ARGUMENT_BYTES_MAX}`;
  if (bytes > ARGUMENT_BYTES_MAX) return `argument of ${bytes} bytes, ${most}`;
  return parsedOrUndefined(text) === undefined ? 'argument is not JSON' : undefined;
}

/** `argument` is JSON text. */
export function executeWorkflow(
  workflow: Workflow,
  argument: string,
  settings: ExecutionSettings,
): Execution {
  const controller = new AbortController();
  const running = new RunningExecution(workflow, settings, controller.signal);
  return {
    outcome: outcomeOf(parseJson(argument), running),
    currentStep: () => running.current,
    cancel: () => controller.abort(new ExecutionEnd('Cancelled', 'the execution was cancelled')),
  };
}

async function outcomeOf(argument: Value, running: RunningExecution): Promise<Outcome> {
  try {
    const value = await runRoutine('main', [argument], running);
    return { state: 'SUCCEEDED', result: jsonText(value) };
  } catch (error) {
    const state = running.signal.aborted ? 'CANCELLED' : 'FAILED';
    if (error instanceof RaisedError || error instanceof ExecutionEnd) {
      return { state, error: executionError(error.value, error.frames) };
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { state, error: executionError({ message, tags: ['SystemError'] }, []) };
  }
}

function executionError(value: WorkflowMap, frames: readonly Frame[]): ExecutionError {
  const lines = frames.map(
    ({ step, routine, line }) => `in step "${step}", routine "${routine}", line: ${line}`,
  );
  const elements = frames.map(({ step, routine, line, column }) => ({
    step,
    routine,
    position: { line: String(line), column: String(column) },
  }));
  const context = [textOrEmpty(value['message']), ...lines].join('\n');
  return { payload: jsonText(value), context, stackTrace: { elements } };
}
