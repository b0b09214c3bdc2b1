/** Requests to Workflows when the service or the network fails: retried, or an error in four parts. */
import { describe, expect, test } from 'vitest';
import type { Workflow } from '../../../src/jobs/ports.js';
import {
  answering,
  type Answer,
  errorOf,
  EXECUTION_ID,
  EXECUTION_URI,
  NUMBERED_NAME,
  openOn,
  refusing,
  reset,
  serve,
  silence,
  WORKFLOW_NAME,
} from '../../support/operate/served-workflow.js';

const ASKING: readonly (readonly [string, (workflow: Workflow) => Promise<unknown>])[] = [
  ['a look', async (workflow) => await workflow.look(EXECUTION_ID)],
  ['the settings', async (workflow) => await workflow.settings()],
];

describe.for(ASKING)('%s', ([, ask]) => {
  test.for<[string, Answer]>([
    ['429', refusing(429, 'slow down')],
    ['503', refusing(503, 'busy')],
    ['500 that is no JSON', answering(500, '<html>oh</html>')],
    ['an answer that is not JSON', answering(200, '{"state": "ACT')],
    ['a reset', reset],
  ])('is asked for again after %s', async ([, fault]) => {
    const { workflow, clock, asked } = await serve([
      fault,
      fault,
      answering(200, { state: 'ACTIVE' }),
    ]);
    await ask(workflow);
    expect(asked).toHaveLength(3);
    expect(clock.waitsMs).toEqual([500, 1_000]);
  });

  test('is given up after the fifth attempt', async () => {
    const { workflow, clock, asked } = await serve([refusing(503, 'busy')]);
    const { kind, parts } = await errorOf(ask(workflow));
    expect(kind).toBe('world');
    expect(parts.found).toBe("HTTP 503 'busy' after 5 attempts");
    expect(asked).toHaveLength(5);
    expect(clock.waitsMs).toEqual([500, 1_000, 2_000, 4_000]);
  });

  test('ends in time where the server is silent', async () => {
    const { workflow, clock, asked } = await serve([silence], 50);
    const { parts } = await errorOf(ask(workflow));
    expect(parts.found).toMatch(/ after 5 attempts$/u);
    expect(asked).toHaveLength(5);
    expect(clock.waitsMs).toHaveLength(4);
  });

  test('says that nobody listens', async () => {
    const { workflow, clock } = openOn('http://127.0.0.1:1');
    const { parts } = await errorOf(ask(workflow));
    expect(parts.found).toMatch(/^ECONNREFUSED '.*' after 5 attempts$/u);
    expect(clock.waitsMs).toHaveLength(4);
  });

  test.for([400, 401, 404])('is not asked for again after %i', async (status) => {
    const { workflow, clock, asked } = await serve([refusing(status, 'no')]);
    const { kind, parts } = await errorOf(ask(workflow));
    const kinds: Readonly<Record<number, string>> = { 400: 'world', 401: 'blocked', 404: 'usage' };
    const expected = kinds[status];
    expect({ kind, found: parts.found }).toEqual({ kind: expected, found: `HTTP ${status} 'no'` });
    expect(asked).toHaveLength(1);
    expect(clock.waitsMs).toEqual([]);
  });
});

describe('a start', () => {
  test('sends its argument as a text, once', async () => {
    const bodies: unknown[] = [];
    const answer: Answer = (outgoing, incoming) => {
      incoming.on('data', (bytes: Buffer) => bodies.push(JSON.parse(bytes.toString())));
      incoming.on('end', () =>
        answering(200, { name: `${NUMBERED_NAME}/executions/${EXECUTION_ID}` })(outgoing, incoming),
      );
    };
    const { workflow, asked } = await serve([answer]);
    expect(await workflow.start({ symbols: ['币安人生USDT'] })).toBe(EXECUTION_ID);
    expect(asked).toEqual([`POST /v1/${WORKFLOW_NAME}/executions`]);
    expect(bodies).toMatchObject([{ argument: '{"symbols":["币安人生USDT"]}' }]);
  });

  test.for<[string, Answer, string | RegExp]>([
    ['429', refusing(429, 'slow down'), "HTTP 429 'slow down'"],
    ['503', refusing(503, 'busy'), "HTTP 503 'busy'"],
    ['an answer that is not JSON', answering(200, '{"name'), 'an answer that is not JSON'],
    ['a reset', reset, /^ECONNRESET '/u],
    ['silence', silence, /50 ?ms|ETIMEDOUT|504/u],
  ])('is never repeated, not after %s', async ([, fault, found]) => {
    const { workflow, clock, asked } = await serve([fault], 50);
    const { kind, parts } = await errorOf(workflow.start({}));
    expect(kind).toBe('world');
    expect(parts).toMatchObject({ what: 'start', where: WORKFLOW_NAME });
    expect(parts.found).toMatch(found);
    expect(parts.expected).toContain('gcloud workflows executions list');
    expect(asked).toHaveLength(1);
    expect(clock.waitsMs).toEqual([]);
  });

  test('names the permission that it lacks', async () => {
    const { workflow } = await serve([refusing(403, 'denied')]);
    expect((await errorOf(workflow.start({}))).message).toBe(
      `${WORKFLOW_NAME} start: found HTTP 403 'denied', expected the permission workflows.executions.create`,
    );
  });
});

test('a look names the permission that it lacks', async () => {
  const { workflow } = await serve([refusing(403, 'denied')]);
  expect((await errorOf(workflow.look(EXECUTION_ID))).message).toBe(
    `${EXECUTION_URI} look at: found HTTP 403 'denied', expected the permission workflows.executions.get`,
  );
});
