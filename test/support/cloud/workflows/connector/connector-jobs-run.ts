/**
 * googleapis.run.v2.projects.locations.jobs.run: starts a job execution and polls its operation by the
 * polling policy until it is done or the connector's timeout is over.
 */
import { parsedOrUndefined } from '../expression/json-text.js';
import {
  isList,
  isMap,
  memberOrNull,
  textOrEmpty,
  type Value,
  type WorkflowMap,
} from '../expression/values.js';
import { constantOf } from '../read/template-reader.js';
import { notModelled, operationError, raised } from '../run/workflow-errors.js';
import { requestWithRetries, waitWithin } from './connector-request.js';
import type { Connector, ConnectorArguments, ConnectorContext } from './connector.js';

const JOB_NAME = /^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+$/u;
const OPERATION_NAME = /^projects\/[^/]+\/locations\/[^/]+\/operations\/[^/]+$/u;

export const jobsRun: Connector = {
  parameters: ['name', 'body', 'connector_params'],
  check: (given, at, refusals) => {
    const params = given.get('connector_params');
    const constant = params === undefined ? undefined : constantOf(params);
    if (waitingOf(constant ?? null) !== undefined) return;
    const form = 'timeout and polling_policy {initial_delay, multiplier, max_delay}';
    refusals.refuse(params ?? at, `connector_params are ${form}, all of them literal numbers`);
  },
  run: runJob,
};

interface Waiting {
  readonly timeoutS: number;
  readonly initialDelayS: number;
  readonly multiplier: number;
  readonly delaySMax: number;
}

/** Undefined when a field is missing, unknown or not a positive number. */
function waitingOf(params: Value): Waiting | undefined {
  const policy = memberOrNull(params, 'polling_policy');
  if (!isMap(params) || !isMap(policy)) return undefined;
  const { timeout: timeoutS = 0, polling_policy: _policy, ...more } = params;
  const { initial_delay: initialDelayS, multiplier, max_delay: delaySMax, ...others } = policy;
  if (Object.keys({ ...more, ...others }).length > 0) return undefined;
  if (!isPositive(timeoutS) || !isPositive(initialDelayS)) return undefined;
  if (!isPositive(multiplier) || !isPositive(delaySMax)) return undefined;
  return { timeoutS, initialDelayS, multiplier, delaySMax };
}

function isPositive(value: Value | undefined): value is number {
  return typeof value === 'number' && value > 0;
}

async function runJob(given: ConnectorArguments, context: ConnectorContext): Promise<Value> {
  const base = context.urls.run;
  if (base === undefined) throw notModelled('run.googleapis.com: no address is configured');
  const name = given.get('name');
  if (typeof name !== 'string' || !JOB_NAME.test(name)) {
    throw notModelled("a job's 'name' other than projects/P/locations/L/jobs/J");
  }
  const body = given.get('body') ?? null;
  checkOverrides(memberOrNull(body, 'overrides'));
  const waiting = waitingOf(given.get('connector_params') ?? null);
  if (waiting === undefined) throw new Error('invariant broken: connector_params are checked');
  const deadlineMs = context.nowMs() + waiting.timeoutS * 1000;
  const start = { method: 'POST', url: `${base}/v2/${name}:run`, body, deadlineMs } as const;
  let operation = operationOf((await requestWithRetries(start, context)).bytes);
  for (let poll = 0; operation['done'] !== true; poll += 1) {
    const delayS = waiting.initialDelayS * waiting.multiplier ** poll;
    await waitWithin(deadlineMs, Math.min(delayS, waiting.delaySMax) * 1000, context);
    const url = `${base}/v2/${textOrEmpty(operation['name'])}`;
    const answer = await requestWithRetries({ method: 'GET', url, deadlineMs }, context);
    operation = operationOf(answer.bytes);
  }
  return resultOf(operation, context);
}

/** Refuses what JSON hides from the service, and what the service parses leniently. */
function checkOverrides(overrides: Value): void {
  const count = memberOrNull(overrides, 'taskCount');
  if (!Number.isInteger(count)) throw notModelled("'taskCount' that is not an integer");
  const containers = memberOrNull(overrides, 'containerOverrides');
  if (!isList(containers)) throw notModelled("'containerOverrides' that is not a list");
  for (const container of containers) {
    const variables = memberOrNull(container, 'env');
    if (!isList(variables)) throw notModelled("'env' that is not a list");
    const isText = variables.every((each) => typeof memberOrNull(each, 'value') === 'string');
    if (!isText) throw notModelled("'env' with a value that is not a string");
  }
}

function operationOf(bytes: Uint8Array): WorkflowMap {
  const answer = parsedOrUndefined(new TextDecoder().decode(bytes)) ?? null;
  if (isMap(answer) && OPERATION_NAME.test(textOrEmpty(answer['name']))) return answer;
  throw raised('ResponseTypeError', 'ResponseTypeError: the answer is not an operation');
}

function resultOf(operation: WorkflowMap, { forms }: ConnectorContext): Value {
  if (operation['error'] !== undefined) {
    throw operationError('Cloud Run long-running operation failed.', operation);
  }
  const response = operation['response'] ?? null;
  return forms.jobsRunResult === 'execution' ? response : { response };
}
