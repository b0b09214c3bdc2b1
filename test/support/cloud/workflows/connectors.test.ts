/** The connectors against a stub: their requests, their waits and the shapes of their errors. */
import { afterEach, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../../manual-clock.js';
import type { OpenForms } from './connector/connector.js';
import { HANG_UP, type HttpStub, startHttpStub, type StubAnswer } from './connector/http-stub.js';
import { runSource } from './run-source.js';

const OPERATION = 'projects/p/locations/l/operations/o1';
const JOB = 'projects/p/locations/l/jobs/j';

let stub: HttpStub | undefined;
let clock: ManualClock;

afterEach(async () => {
  await stub?.close();
  stub = undefined;
});

async function run(
  step: string,
  answers: readonly StubAnswer[],
  forms: Partial<OpenForms> = {},
): Promise<string> {
  stub = await startHttpStub(...answers);
  clock = manualClock();
  const source = `
main:
  params: [args]
  steps:
    - prepare: {assign: [{error: null}, {half: 0.5}, {r: null}]}
    - attempt:
        try: ${step}
        except: {as: e, steps: [{note: {assign: [{error: '\${e}'}]}}]}
    - finish: {return: {r: '\${r}', error: '\${error}'}}
`;
  const urls = { run: stub.url, storage: stub.url };
  const outcome = await runSource(source, '{}', { clock, urls, forms });
  return 'result' in outcome ? outcome.result : `${outcome.state} ${outcome.error.payload}`;
}

const POLICY = '{initial_delay: 5, multiplier: 1.5, max_delay: 10}';
const CONTAINERS = 'containerOverrides: [{env: []}]';
const jobCall = (overrides = `{taskCount: 3, ${CONTAINERS}}`, timeout = 60): string =>
  `{call: googleapis.run.v2.projects.locations.jobs.run, args: {name: ${JOB}, ` +
  `body: {overrides: ${overrides}}, ` +
  `connector_params: {timeout: ${timeout}, polling_policy: ${POLICY}}}, result: r}`;

const get = (object: string, more = ', alt: media'): string =>
  `{call: googleapis.storage.v1.objects.get, args: {bucket: b, object: '${object}'${more}}, result: r}`;
describe('the connector of jobs.run', () => {
  const pending = { body: { name: OPERATION, metadata: {}, done: false } };
  const done = { body: { name: OPERATION, done: true, response: { name: 'execution-1' } } };

  test('starts the job once and polls the operation by its policy (7.1 doc)', async () => {
    const running = { body: { name: OPERATION } };
    const result = await run(jobCall(), [pending, running, running, running, done]);
    expect(result).toBe('{"error":null,"r":{"name":"execution-1"}}');
    expect(stub?.asked).toEqual([
      `POST /v2/${JOB}:run {"overrides":{"containerOverrides":[{"env":[]}],"taskCount":3}}`,
      ...Array.from({ length: 4 }, () => `GET /v2/${OPERATION}`),
    ]);
    expect(clock.waitsMs).toEqual([5000, 7500, 10_000, 10_000]);
  });

  test('returns at once when the operation is done', async () => {
    expect(await run(jobCall(), [done])).toContain('execution-1');
    expect(clock.waitsMs).toEqual([]);
  });

  test('wraps the result when a test asks for it (7.2 open)', async () => {
    const result = await run(jobCall(), [done], { jobsRunResult: 'wrapped' });
    expect(result).toBe('{"error":null,"r":{"response":{"name":"execution-1"}}}');
  });

  test('raises OperationError with message, tags and operation alone (7.1 doc)', async () => {
    const failed = {
      name: OPERATION,
      metadata: { name: 'execution-1', failedCount: 1 },
      done: true,
      error: { code: 10, message: 'task 2 failed' },
    };
    const result = await run(jobCall(), [pending, { body: failed }]);
    expect(JSON.parse(result)).toEqual({
      r: null,
      error: {
        message: 'Cloud Run long-running operation failed.',
        tags: ['OperationError'],
        operation: failed,
      },
    });
  });

  test('raises TimeoutError when its time is over, and polls no more (7.1 doc)', async () => {
    const result = await run(jobCall(undefined, 30), [pending]);
    expect(JSON.parse(result)).toEqual({
      r: null,
      error: { message: 'TimeoutError: connector timeout', tags: ['TimeoutError'] },
    });
    expect(clock.waitsMs).toEqual([5000, 7500, 10_000, 7500]);
    expect(stub?.asked).toHaveLength(4);
  });

  test('raises HttpError when polling is refused (7.1 pract)', async () => {
    const body = { error: { code: 403, message: 'denied', status: 'PERMISSION_DENIED' } };
    const result = await run(jobCall(), [pending, { status: 403, body }]);
    expect(JSON.parse(result)).toMatchObject({
      r: null,
      error: {
        message: 'HTTP server responded with error code 403',
        tags: ['HttpError'],
        code: 403,
        headers: { 'Content-Type': 'application/json; charset=UTF-8', 'Alt-Svc': 'clear' },
        body,
      },
    });
  });

  test('retries a poll as any GET, on 502, and the start on 503 only (7.1 doc)', async () => {
    const busy = { status: 503, body: 'busy' };
    const bad = { status: 502, body: 'bad gateway' };
    const result = await run(jobCall(), [busy, busy, pending, bad, done]);
    expect(result).toContain('execution-1');
    expect(clock.waitsMs).toEqual([1000, 1250, 5000, 1000]);
  });

  test('does not start a job again after 500 or a broken connection (7.1 doc)', async () => {
    const broken = await run(jobCall(), [{ body: HANG_UP }]);
    expect(broken).toContain('"tags":["ConnectionError"]');
    expect(stub?.asked).toHaveLength(1);
    await stub?.close();
    const failed = await run(jobCall(), [{ status: 500, body: 'oops', contentType: 'text/plain' }]);
    expect(JSON.parse(failed)).toMatchObject({ error: { code: 500, body: 'oops' } });
    expect(stub?.asked).toHaveLength(1);
  });

  test('raises ResponseTypeError for an answer that is not an operation (7.1 doc)', async () => {
    expect(await run(jobCall(), [{ body: { done: true } }])).toContain('ResponseTypeError');
  });

  test('refuses overrides that look right only as JSON (9 refuse)', async () => {
    const refused = {
      [`{taskCount: '\${half + 2}', ${CONTAINERS}}`]: "'taskCount' that is not an integer",
      '{taskCount: 1, containerOverrides: {env: []}}': "'containerOverrides' that is not a list",
      '{taskCount: 1, containerOverrides: [{env: {}}]}': "'env' that is not a list",
      '{taskCount: 1, containerOverrides: [{env: [{name: A, value: 1}]}]}':
        "'env' with a value that is not a string",
    };
    for (const [overrides, reason] of Object.entries(refused)) {
      const result = await run(jobCall(overrides), [done]);
      expect(result).toBe(
        `FAILED ${JSON.stringify({ message: `NotModelled: ${reason}`, tags: ['NotModelled'] })}`,
      );
      expect(stub?.asked).toEqual([]);
      await stub?.close();
    }
  });
});

describe('the connector of objects.get', () => {
  const json = { body: { a: [1, 2.5] } };

  test('gives JSON as a map, a string or bytes, as a test asks (7.2 open)', async () => {
    const name = '${text.url_encode("run/_symbols.json")}';
    expect(await run(get(name), [json])).toBe('{"error":null,"r":{"a":[1,2.5]}}');
    expect(stub?.asked).toEqual(['GET /storage/v1/b/b/o/run%2F_symbols.json?alt=media']);
    await stub?.close();
    const text = await run(get('a.json'), [json], { mediaJson: 'string' });
    expect(text).toBe(String.raw`{"error":null,"r":"{\"a\":[1,2.5]}"}`);
    await stub?.close();
    const bytes = await run(get('a.json'), [json], { mediaJson: 'bytes' });
    expect(bytes).toContain('bytes cannot be encoded as JSON');
  });

  test('gives metadata without alt, and content of JSON alone (7.2 doc)', async () => {
    expect(await run(get('a', ''), [{ body: { size: '12' } }])).toBe(
      '{"error":null,"r":{"size":"12"}}',
    );
    expect(stub?.asked).toEqual(['GET /storage/v1/b/b/o/a']);
    await stub?.close();
    const plain = await run(get('a'), [{ body: 'line', contentType: 'text/csv' }]);
    expect(plain).toContain('content of type text/csv');
  });

  test('raises HttpError with code 404 for a missing object (7.2 doc)', async () => {
    const missing = { status: 404, body: 'Not Found', contentType: 'text/html' };
    const result = await run(get('a'), [missing]);
    expect(JSON.parse(result)).toMatchObject({ error: { code: 404, body: 'Not Found' } });
  });

  test('refuses a name without URL encoding at run time (7.2 doc)', async () => {
    expect(await run(get('${"a/" + "b"}'), [json])).toContain("'object' without URL encoding");
    expect(stub?.asked).toEqual([]);
  });

  test('retries by the idempotent policy five times (4.4 doc)', async () => {
    const result = await run(get('a'), [{ status: 429, body: 'slow down' }]);
    expect(JSON.parse(result)).toMatchObject({ error: { code: 429 } });
    expect(clock.waitsMs).toEqual([1000, 1250, 1562.5, 1953.125, 2441.40625]);
    expect(stub?.asked).toHaveLength(6);
  });
});

test('a service that cannot be reached is a ConnectionFailedError (5 doc)', async () => {
  const closed = await startHttpStub();
  await closed.close();
  const source = `
main:
  params: [args]
  steps:
    - ask: {call: googleapis.storage.v1.objects.get, args: {bucket: b, object: o}, result: r}
`;
  const urls = { storage: closed.url };
  const outcome = await runSource(source, '{}', { clock: manualClock(), urls });
  expect('error' in outcome && outcome.error.payload).toContain('"ConnectionFailedError"');
});
