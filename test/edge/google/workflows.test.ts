/** A deployed workflow through Google's client, against the local service and against odd answers. */
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ExecutionView, Workflow } from '../../../src/jobs/ports.js';
import { startWorkflowsService } from '../../support/cloud/workflows/api/start-workflows.js';
import {
  answering,
  errorOf,
  EXECUTION_ID,
  EXECUTION_URI,
  NUMBERED_NAME,
  type Opened,
  openOn,
  refusing,
  serve,
  START_MS,
  WORKFLOW_NAME,
} from '../../support/operate/served-workflow.js';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

const SOURCE = `
main:
  params: [args]
  steps:
    - read: {assign: [{mode: '\${map.get(args, "mode")}'}]}
    - choose:
        switch:
          - condition: '\${mode == "map"}'
            raise: {message: it is bad, code: 7, tags: [Bad, RunNotGoodError]}
          - {condition: '\${mode == "long"}', call: wait, args: {x: 1}}
    - finish: {return: '\${args}'}
wait:
  params: [x]
  steps:
    - ask: {call: googleapis.storage.v1.objects.get, args: {bucket: b, object: o}}
`;
/** Nothing listens there: the connector waits for its next try, on a clock that stands still. */
const NOWHERE = 'http://127.0.0.1:1';

/** The local service with a workflow that does as its argument says. */
async function deployed(): Promise<Opened> {
  const clock = { nowMs: () => START_MS, waitMs: async () => new Promise<void>(() => {}) };
  const service = await startWorkflowsService({ clock, urls: { storage: NOWHERE } });
  onTestFinished(async () => await service.close());
  const { url } = service;
  const body = { sourceContents: SOURCE, userEnvVars: { RAW_ROOT: 'gs://raw', N: '1' } };
  const [parent] = WORKFLOW_NAME.split('/workflows/');
  const answer = await request(`${url}/v1/${parent}/workflows?workflowId=flow`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(await answer.body.json()).not.toHaveProperty('error');
  return openOn(url);
}

async function endOf(workflow: Workflow, id: string): Promise<ExecutionView> {
  for (;;) {
    const view = await workflow.look(id);
    if (view.state !== 'running') return view;
  }
}

describe('a deployed workflow', () => {
  test('shows its settings', async () => {
    const { workflow } = await deployed();
    expect(workflow.name).toBe(WORKFLOW_NAME);
    expect(await workflow.settings()).toEqual({ RAW_ROOT: 'gs://raw', N: '1' });
  });

  test('starts an execution, and shows it running and at its end', async () => {
    const { workflow } = await deployed();
    const id = await workflow.start({ mode: 'long' });
    expect(id).toMatch(/^[0-9a-f-]{36}$/u);
    const running = { id, state: 'running', argument: { mode: 'long' }, startedMs: START_MS };
    expect(await workflow.look(id)).toEqual({ ...running, step: 'ask', error: undefined });
    const good = await endOf(workflow, await workflow.start({ mode: 'good' }));
    expect(good).toMatchObject({ state: 'succeeded', step: 'finish', error: undefined });
  });

  test('shows what it raised', async () => {
    const { workflow } = await deployed();
    const view = await endOf(workflow, await workflow.start({ mode: 'map' }));
    const error = { message: 'it is bad', tags: ['Bad', 'RunNotGoodError'] };
    expect(view).toMatchObject({ state: 'failed', step: 'choose', error });
  });

  test('has no execution of another id', async () => {
    const { workflow, clock } = await deployed();
    const { kind, message } = await errorOf(workflow.look(EXECUTION_ID));
    expect(kind).toBe('usage');
    expect(message).toBe(
      `${EXECUTION_URI} look at: found HTTP 404 'Resource '${NUMBERED_NAME}/executions/${EXECUTION_ID}' was not found', expected an execution of this workflow`,
    );
    expect(clock.waitsMs).toEqual([]);
  });
});

describe('an execution that failed', () => {
  test.for<[string, object, ExecutionView['error']]>([
    ['in silence', {}, { message: 'the service gives no reason', tags: [] }],
    [
      'by the service',
      { stateError: { details: 'KMS key', type: 'KMS_ERROR' } },
      { message: 'KMS key', tags: [] },
    ],
    [
      'with a text that is no JSON',
      { error: { payload: 'oh no' } },
      { message: 'oh no', tags: [] },
    ],
    ['with a number', { error: { payload: '7' } }, { message: '7', tags: [] }],
    ['with a list', { error: { payload: '["a"]' } }, { message: '["a"]', tags: [] }],
    ['with an empty text', { error: { payload: '""' } }, { message: '', tags: [] }],
    [
      'with odd tags',
      { error: { payload: '{"message":"m","tags":[1,"T",null]}' } },
      { message: 'm', tags: ['T'] },
    ],
    [
      'with a message that is none',
      { error: { payload: '{"message":7,"tags":"T"}' } },
      { message: '{"message":7,"tags":"T"}', tags: [] },
    ],
  ])('%s says what is known', async ([, fields, error]) => {
    const { workflow } = await serve([
      answering(200, { name: EXECUTION_URI, state: 'FAILED', ...fields }),
    ]);
    expect((await workflow.look(EXECUTION_ID)).error).toEqual(error);
  });

  test('with a long text is cut', async () => {
    const payload = JSON.stringify('x'.repeat(9_000));
    const { workflow } = await serve([answering(200, { state: 'FAILED', error: { payload } })]);
    expect((await workflow.look(EXECUTION_ID)).error?.message).toBe('x'.repeat(4_000));
  });
});

test.for([
  ['ACTIVE', 'running'],
  ['QUEUED', 'running'],
  ['STATE_UNSPECIFIED', 'running'],
  ['SUCCEEDED', 'succeeded'],
  ['CANCELLED', 'cancelled'],
  ['UNAVAILABLE', 'failed'],
] as const)('the state %s is %s', async ([said, state]) => {
  const { workflow } = await serve([answering(200, { state: said, argument: 'no JSON' })]);
  expect(await workflow.look(EXECUTION_ID)).toMatchObject({
    state,
    argument: undefined,
    startedMs: START_MS,
  });
});

describe('settings', () => {
  test('that may not be seen are none', async () => {
    const { workflow, asked } = await serve([refusing(403, 'denied')]);
    expect(await workflow.settings()).toBeUndefined();
    expect(asked).toEqual([`GET /v1/${WORKFLOW_NAME}`]);
  });

  test.for<[string, unknown]>([
    ['none', {}],
    ['an odd value', { userEnvVars: ['RAW_ROOT'] }],
    ['odd values', { userEnvVars: { RAW_ROOT: 7 } }],
    ['a list', []],
  ])('of a workflow with %s are empty', async ([, body]) => {
    const { workflow } = await serve([answering(200, body)]);
    expect(await workflow.settings()).toEqual({});
  });
});

const SCRIPT = `
  const { openWorkflow } = await import(process.argv[1]);
  const clock = { nowMs: () => 0, waitMs: async () => {} };
  const workflow = openWorkflow({ name: ${JSON.stringify(WORKFLOW_NAME)}, clock });
  const asking = { look: () => workflow.look('x'), start: () => workflow.start({}), settings: () => workflow.settings() };
  await asking[process.argv[2]]().catch((error) => console.log(error.name, error.message));
`;

test.for(['look', 'start', 'settings'])('without credentials %s is an error', async (what) => {
  const workdir = freshWorkdir();
  const source = join(projectRoot, 'src/edge/google/workflows.ts');
  const hooks = join(projectRoot, 'test/support/typescript-imports.ts');
  const args = ['--import', hooks, '--input-type=module', '-e', SCRIPT, source, what];
  // No file, no login, and no metadata server to ask.
  const env = { HOME: workdir.root, METADATA_SERVER_DETECTION: 'none' };
  const { result } = workdir.spawn(process.execPath, args, { env });
  const { code, stdout, stderr } = await result;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^FlowbarsError \S+ (?:look at|start): found no credentials, expected Application Default Credentials/u,
  );
});
