/**
 * googleapis.run.v2.projects.locations.jobs.run: starts a job execution, then asks for its operation
 * by the polling policy until that is done or the connector's timeout is over.
 */
import type { Connector, ConnectorArguments, ConnectorContext } from './connector.js';
import { parsedOrUndefined, requestWithRetries, waitWithin } from './connector-request.js';
import type { Position, Refusals } from '../read/deploy-error.js';
import { CONNECTOR_TIMEOUT_S_MAX } from '../run/limits.js';
import type { Template } from '../read/program.js';
import { constantOf } from '../read/template-reader.js';
import { isList, isMap, type Value, type WorkflowMap } from '../expression/values.js';
import { notModelled, operationError, raised } from '../run/workflow-errors.js';

const JOB_NAME = /^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+$/u;
const OPERATION_NAME = /^projects\/[^/]+\/locations\/[^/]+\/operations\/[^/]+$/u;
const POLLING = ['initial_delay', 'max_delay', 'multiplier'];

export const jobsRun: Connector = {
  parameters: ['name', 'body', 'connector_params'].map((name) => ({ name, isOptional: false })),
  check: (given, at, refusals) => {
    const params = given.get('connector_params');
    if (params !== undefined && waitingOf(constantOf(params)) === undefined) {
      const form = 'timeout and polling_policy {initial_delay, multiplier, max_delay}';
      refusals.refuse(params, `connector_params are ${form}, all of them literal numbers`);
    }
    checkBody(given.get('body') ?? given.get('name'), at, refusals);
  },
  run: runJob,
};

function checkBody(body: Template | undefined, at: Position, refusals: Refusals): void {
  const isText = body?.kind === 'literal' && typeof body.value !== 'string' && body.value !== null;
  if (isText || body?.kind === 'list') refusals.refuse(at, "the 'body' of a job call is a map");
}

interface Waiting {
  readonly timeoutS: number;
  readonly initialDelayS: number;
  readonly multiplier: number;
  readonly delaySMax: number;
}

/** Undefined where a field is missing, unknown or not a number. */
function waitingOf(params: Value | undefined): Waiting | undefined {
  if (params === undefined || !isMap(params)) return undefined;
  const policy = params.get('polling_policy') ?? null;
  if (!isMap(policy) || !hasExactly(params, ['polling_policy', 'timeout'])) return undefined;
  if (!hasExactly(policy, POLLING)) return undefined;
  const [timeoutS, initialDelayS, multiplier, delaySMax] = [
    params.get('timeout'),
    policy.get('initial_delay'),
    policy.get('multiplier'),
    policy.get('max_delay'),
  ].map((value) => (typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0));
  if (!isPositive(timeoutS) || timeoutS > CONNECTOR_TIMEOUT_S_MAX) return undefined;
  if (!isPositive(initialDelayS) || !isPositive(multiplier) || multiplier < 1) return undefined;
  return isPositive(delaySMax) ? { timeoutS, initialDelayS, multiplier, delaySMax } : undefined;
}

function isPositive(value: number | undefined): value is number {
  return value !== undefined && value > 0;
}

function hasExactly(map: WorkflowMap, keys: readonly string[]): boolean {
  return [...map.keys()].sort().join(' ') === keys.join(' ');
}

async function runJob(given: ConnectorArguments, context: ConnectorContext): Promise<Value> {
  const base = context.urls.run;
  if (base === undefined) throw notModelled('run.googleapis.com: no address is configured');
  const name = given.get('name');
  if (typeof name !== 'string' || !JOB_NAME.test(name)) {
    throw notModelled("the 'name' of a job is projects/P/locations/L/jobs/J");
  }
  const body = given.get('body') ?? null;
  if (!isMap(body)) throw notModelled("the 'body' of a job call is a map");
  checkOverrides(body);
  const waiting = waitingOf(given.get('connector_params'));
  if (waiting === undefined) throw notModelled('connector_params that are not complete');
  const deadlineMs = context.nowMs() + waiting.timeoutS * 1000;
  const first = await requestWithRetries(
    { method: 'POST', url: `${base}/v2/${name}:run`, body, deadlineMs },
    context,
  );
  let operation = operationOf(first.bytes);
  for (let poll = 0; operation.get('done') !== true; poll += 1) {
    const delayS = waiting.initialDelayS * waiting.multiplier ** poll;
    await waitWithin(deadlineMs, Math.min(delayS, waiting.delaySMax) * 1000, context);
    const url = `${base}/v2/${operationName(operation)}`;
    const answer = await requestWithRetries({ method: 'GET', url, deadlineMs }, context);
    operation = operationOf(answer.bytes);
  }
  return resultOf(operation, context);
}

/** What JSON would hide from the service: 2.0 tasks print as 2, a number as a value of text. */
function checkOverrides(body: WorkflowMap): void {
  const overrides = body.get('overrides') ?? null;
  if (!isMap(overrides)) return;
  const count = overrides.get('taskCount');
  if (count !== undefined && typeof count !== 'bigint') {
    throw notModelled("'taskCount' that is not an integer");
  }
  const containers = overrides.get('containerOverrides');
  if (containers === undefined) return;
  if (!isList(containers)) throw notModelled("'containerOverrides' that is not a list");
  for (const container of containers) {
    const variables = isMap(container) ? (container.get('env') ?? []) : [];
    if (!isList(variables)) throw notModelled("'env' that is not a list");
    for (const variable of variables) {
      const value = isMap(variable) ? variable.get('value') : undefined;
      if (typeof value !== 'string') throw notModelled("'env' with a value that is not a string");
    }
  }
}

function operationOf(bytes: Uint8Array): WorkflowMap {
  const answer = parsedOrUndefined(new TextDecoder().decode(bytes)) ?? null;
  if (isMap(answer) && OPERATION_NAME.test(operationName(answer))) return answer;
  throw raised('ResponseTypeError', 'ResponseTypeError: the answer is not an operation');
}

function operationName(operation: WorkflowMap): string {
  const name = operation.get('name');
  return typeof name === 'string' ? name : '';
}

function resultOf(operation: WorkflowMap, { forms }: ConnectorContext): Value {
  if (operation.has('error')) {
    throw operationError('Cloud Run long-running operation failed.', operation);
  }
  const response = operation.get('response') ?? null;
  if (!isMap(response)) {
    throw raised('ResponseTypeError', 'ResponseTypeError: an operation without a response');
  }
  return forms.jobsRunResult === 'execution' ? response : new Map([['response', response]]);
}
