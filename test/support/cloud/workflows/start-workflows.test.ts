/** The REST interface by Google's client, and by plain HTTP what that client does not reach. */
import type { ExecutionsClient, protos } from '@google-cloud/workflows';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { manualClock } from '../../manual-clock.js';
import { openExecutionsClient } from '../executions-client.js';
import type { ExecutionNews } from './api/executions-api.js';
import { startWorkflowsService, type WorkflowsService } from './api/start-workflows.js';

const PARENT = 'projects/my-project/locations/europe-west1';
const WORKFLOW = `${PARENT}/workflows/flow`;
const NUMBERED = 'projects/123456789012/locations/europe-west1/workflows/flow';
const NAP_MS = 20;

/** Nothing listens there: a connector waits for its next try, on a clock that never comes to it. */
const NOWHERE = 'http://127.0.0.1:1';
const WAIT = '{call: googleapis.storage.v1.objects.get, args: {bucket: b, object: o}}';

const SOURCE = `
main:
  params: [args]
  steps:
    - read_mode: {assign: [{mode: '\${default(map.get(args, "mode"), "good")}'}]}
    - choose:
        switch:
          - condition: '\${mode == "bad"}'
            raise: {message: it is bad, code: 7, tags: [Bad]}
          - {condition: '\${mode == "long"}', call: inner, args: {x: 1}}
    - finish:
        return:
          mode: '\${mode}'
          id: '\${sys.get_env("GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID")}'
          bucket: '\${sys.get_env("BUCKET")}'
inner:
  params: [x]
  steps:
    - nap: ${WAIT}
`;

let service: WorkflowsService;
let client: ExecutionsClient;

beforeEach(async () => {
  // A wait ends only with the execution.
  const clock = { ...manualClock(), waitMs: async () => new Promise<void>(() => {}) };
  service = await startWorkflowsService({ clock, urls: { storage: NOWHERE } });
  client = openExecutionsClient(service.url);
});

afterEach(async () => {
  await client.close();
  await service.close();
});

async function ask(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${service.url}/v1/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function post(url: string, body: unknown): Promise<void> {
  await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).text();
}

async function deploy(source = SOURCE, id = 'flow'): Promise<unknown> {
  const userEnvVars = { BUCKET: 'raw' };
  const body = { sourceContents: source, userEnvVars };
  return (await ask('POST', `${PARENT}/workflows?workflowId=${id}`, body)).body;
}

type Execution = protos.google.cloud.workflows.executions.v1.IExecution;

async function start(argument: unknown): Promise<Execution> {
  const execution = { argument: JSON.stringify(argument) };
  const [created] = await client.createExecution({ parent: WORKFLOW, execution });
  return created;
}

async function ended(name: string | null | undefined): Promise<Execution> {
  for (;;) {
    const [execution] = await client.getExecution({ name: name ?? '' });
    if (execution.state !== 'ACTIVE') return execution;
    await new Promise((resolve) => setTimeout(resolve, NAP_MS));
  }
}

describe('the Workflows API', () => {
  test('deploys a source by an operation that is done', async () => {
    expect(await deploy()).toMatchObject({
      done: true,
      response: { name: NUMBERED, state: 'ACTIVE', sourceContents: SOURCE },
    });
    const found = await ask('GET', WORKFLOW);
    expect(found.body).toMatchObject({
      name: NUMBERED,
      state: 'ACTIVE',
      revisionId: '000001-ac2',
      userEnvVars: { BUCKET: 'raw' },
    });
    expect(await ask('GET', NUMBERED)).toEqual(found);
  });

  test('answers a refused source with an operation of code 3 and every reason', async () => {
    expect(await deploy('main: {steps: [{a: {nap: 1}}]}')).toMatchObject({
      done: true,
      error: {
        code: 3,
        message:
          'main.yaml:1:1: main takes exactly one parameter: params: [args]\n' +
          "main.yaml:1:7: parse error: 'main' needs 'params'\n" +
          'main.yaml:1:20: parse error: a step with nap, expected one of assign, call, switch, for, try, raise, return',
      },
    });
    expect((await ask('GET', WORKFLOW)).status).toBe(404);
  });

  test('refuses unknown fields, a taken name, and other methods', async () => {
    await deploy();
    const again = { sourceContents: SOURCE };
    expect(await ask('POST', `${PARENT}/workflows?workflowId=flow`, again)).toMatchObject({
      status: 409,
      body: { error: { code: 409, status: 'ALREADY_EXISTS' } },
    });
    const unknown = await ask('POST', `${PARENT}/workflows?workflowId=other`, { source: SOURCE });
    expect(unknown).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
    const numbers = { sourceContents: SOURCE, userEnvVars: { N: 1 } };
    expect(await ask('POST', `${PARENT}/workflows?workflowId=other`, numbers)).toMatchObject({
      body: { error: { message: 'userEnvVars is a map of strings' } },
    });
    expect((await ask('DELETE', WORKFLOW)).status).toBe(501);
    expect((await ask('GET', 'elsewhere')).status).toBe(404);
  });
});

describe('the Executions API', () => {
  test('runs an execution from ACTIVE to SUCCEEDED', async () => {
    await deploy();
    const created = await start({ mode: 'fine' });
    expect(created).toMatchObject({
      argument: '{"mode":"fine"}',
      workflowRevisionId: '000001-ac2',
    });
    expect(created.name).toMatch(new RegExp(`^${NUMBERED}/executions/[0-9a-f-]{36}$`, 'u'));
    const execution = await ended(created.name);
    expect(execution.state).toBe('SUCCEEDED');
    expect(JSON.parse(execution.result ?? '')).toEqual({
      mode: 'fine',
      bucket: 'raw',
      id: created.name?.split('/').at(-1),
    });
    expect(execution.error).toBeNull();
  });

  test('shows the error of an execution that failed, with its place', async () => {
    await deploy();
    const { state, error, result } = await ended((await start({ mode: 'bad' })).name);
    expect({ state, result }).toEqual({ state: 'FAILED', result: '' });
    expect(error?.payload).toBe('{"code":7,"message":"it is bad","tags":["Bad"]}');
    expect(error?.context).toContain('it is bad\nin step "choose", routine "main", line: 6');
    expect(error?.stackTrace?.elements?.[0]).toMatchObject({ step: 'choose', routine: 'main' });
  });

  test('shows the innermost step while it runs, and the last one at its end', async () => {
    await deploy();
    const { name } = await start({ mode: 'long' });
    const [running] = await client.getExecution({ name: name ?? '' });
    expect(running).toMatchObject({
      state: 'ACTIVE',
      status: { currentSteps: [{ routine: 'inner', step: 'nap' }] },
    });
    const steps = async (mode: string): Promise<unknown> =>
      (await ended((await start({ mode })).name)).status?.currentSteps;
    expect(await steps('good')).toEqual([{ routine: 'main', step: 'finish' }]);
    expect(await steps('bad')).toEqual([{ routine: 'main', step: 'choose' }]);
  });

  test('reports each start with the argument and each end with the outcome', async () => {
    const told: ExecutionNews[] = [];
    const heard = await startWorkflowsService({ onExecution: (news) => told.push(news) });
    onTestFinished(async () => await heard.close());
    const parent = `${heard.url}/v1/${PARENT}/workflows`;
    const userEnvVars = { BUCKET: 'raw' };
    await post(`${parent}?workflowId=flow`, { sourceContents: SOURCE, userEnvVars });
    await post(`${parent}/flow/executions`, { argument: '{"mode":"bad"}' });
    await vi.waitFor(() => expect(told).toHaveLength(2));
    const [begun, over] = told;
    expect(begun).toMatchObject({ state: 'ACTIVE', json: '{"mode":"bad"}' });
    expect(over).toMatchObject({ id: begun?.id, state: 'FAILED' });
    expect(over?.json).toContain('it is bad');
  });

  test('lists the newest first', async () => {
    await deploy();
    const names = [(await start({})).name, (await start({ mode: 'bad' })).name];
    const { body } = await ask('GET', `${WORKFLOW}/executions`);
    expect(body).toMatchObject({ executions: [{ name: names[1] }, { name: names[0] }] });
  });

  test('refuses an argument that is not JSON or too long, and an unknown workflow', async () => {
    await deploy();
    const create = async (argument: string, parent = WORKFLOW): Promise<unknown> =>
      client.createExecution({ parent, execution: { argument } });
    await expect(create('{')).rejects.toMatchObject({ code: 400 });
    await expect(create(JSON.stringify('x'.repeat(32_000)))).rejects.toMatchObject({ code: 400 });
    await expect(create('{}', `${PARENT}/workflows/none`)).rejects.toMatchObject({ code: 404 });
    const path = `${WORKFLOW}/executions`;
    expect((await ask('POST', path, { argument: {} })).status).toBe(400);
    expect((await ask('POST', path, { arguments: '{}' })).status).toBe(400);
    expect((await ask('GET', `${path}/none`)).status).toBe(404);
  });

  test('starts without an argument as with null', async () => {
    await deploy();
    const [created] = await client.createExecution({ parent: WORKFLOW, execution: {} });
    expect(created.argument).toBe('null');
    expect((await ended(created.name)).state).toBe('SUCCEEDED');
  });
});
