/** The three services on a stand-in: what they are asked, what is taken of their answers, and what is told of faults. */
import { describe, expect, test } from 'vitest';
import { anthropicWriter } from '../../../src/edge/writer/anthropic-writer.js';
import { openaiWriter } from '../../../src/edge/writer/openai-writer.js';
import {
  RETRY_AFTER_MS_MAX,
  WRITER_ANSWER_BYTES_MAX,
  WRITER_ATTEMPTS_MAX,
} from '../../../src/edge/writer/post-json.js';
import { vertexAddress, vertexWriter } from '../../../src/edge/writer/vertex-writer.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import type { Writer } from '../../../src/jobs/writer-ports.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';
import {
  type Answer,
  answering,
  noHttp,
  refusing,
  reset,
  SAYING,
  silence,
  type StandIn,
  standIn,
  truncated,
} from '../../support/writer/stand-in.js';

const KEY = 'sk-secret-0123456789';
const NAMES = ['anthropic', 'openai', 'vertex'] as const;
type Name = (typeof NAMES)[number];
const PROMPT = {
  rules: 'the rules',
  turns: [
    { role: 'user', text: 'the facts' },
    { role: 'assistant', text: 'a text' },
    { role: 'user', text: 'why not' },
  ],
} as const;

interface Served extends StandIn {
  readonly writer: Writer;
  readonly clock: ManualClock;
}

async function serve(name: Name, answers: readonly Answer[], attemptMs = 10_000): Promise<Served> {
  const server = await standIn(answers);
  const clock = manualClock(Date.UTC(2025, 11, 12));
  return { ...server, clock, writer: writerOn(name, server.address, clock, attemptMs) };
}

function writerOn(name: Name, url: string, clock: ManualClock, attemptMs: number): Writer {
  const options = { model: 'm/1', url, clock, attemptMs };
  if (name === 'anthropic') return anthropicWriter({ ...options, key: KEY });
  if (name === 'openai') return openaiWriter({ ...options, key: KEY });
  return vertexWriter({
    ...options,
    project: 'p',
    location: 'europe-west1',
    signedHeaders: async () => await Promise.resolve({ authorization: `Bearer ${KEY}` }),
  });
}

async function errorOf(work: Promise<unknown>): Promise<FlowbarsError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FlowbarsError)) throw new Error(`no FlowbarsError: ${String(error)}`);
  // Whatever went wrong, no part of the error and none of its causes has the key.
  expect(
    JSON.stringify([error.message, error.parts, error.stack, String(error.cause)]),
  ).not.toContain(KEY);
  return error;
}

describe('a request', () => {
  test('to Anthropic has rules, turns, a version and the key in its header', async () => {
    const { writer, asked } = await serve('anthropic', [SAYING.anthropic('a text')]);
    expect(await writer.write(PROMPT)).toBe('a text');
    expect(asked[0]).toMatchObject({
      url: '/v1/messages',
      headers: { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' },
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      model: 'm/1',
      max_tokens: 8_192,
      temperature: 0,
      system: 'the rules',
      messages: [
        { role: 'user', content: 'the facts' },
        { role: 'assistant', content: 'a text' },
        { role: 'user', content: 'why not' },
      ],
    });
  });

  test('to chat completions has the rules as the first message', async () => {
    const { writer, asked } = await serve('openai', [SAYING.openai('a text')]);
    expect(await writer.write(PROMPT)).toBe('a text');
    expect(asked[0]).toMatchObject({
      url: '/chat/completions',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
      model: 'm/1',
      temperature: 0,
      max_completion_tokens: 8_192,
      messages: [
        { role: 'system', content: 'the rules' },
        { role: 'user' },
        { role: 'assistant' },
        { role: 'user' },
      ],
    });
  });

  test('to Vertex AI names project, location and model in its path', async () => {
    const { writer, asked } = await serve('vertex', [SAYING.vertex('a text')]);
    expect(await writer.write(PROMPT)).toBe('a text');
    expect(asked[0]?.url).toBe(
      '/v1/projects/p/locations/europe-west1/publishers/google/models/m%2F1:generateContent',
    );
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
      systemInstruction: { parts: [{ text: 'the rules' }] },
      contents: [
        { role: 'user' },
        { role: 'model', parts: [{ text: 'a text' }] },
        { role: 'user' },
      ],
      generationConfig: { temperature: 0, maxOutputTokens: 8_192 },
    });
    expect(vertexAddress('global')).toBe('https://aiplatform.googleapis.com');
    expect(vertexAddress('europe-west1')).toBe('https://europe-west1-aiplatform.googleapis.com');
  });

  test('is made again without a parameter that a newer model refuses by name', async () => {
    const { writer, asked, clock } = await serve('openai', [
      refusing(400, "Unsupported value: 'temperature' does not support 0 with this model."),
      refusing(400, "unknown field 'max_completion_tokens'"),
      SAYING.openai('a text'),
    ]);
    expect(await writer.write(PROMPT)).toBe('a text');
    const body: unknown = JSON.parse(asked[2]?.body ?? '');
    expect(body).toMatchObject({ model: 'm/1' });
    expect(body).not.toHaveProperty('temperature');
    expect(body).not.toHaveProperty('max_completion_tokens');
    expect(clock.waitsMs).toEqual([]);
    const anthropic = await serve('anthropic', [
      refusing(400, '`temperature` is deprecated for this model.'),
      SAYING.anthropic('a text'),
    ]);
    expect(await anthropic.writer.write(PROMPT)).toBe('a text');
  });
});

describe.for(NAMES)('the writer %s', (name) => {
  test.for<[string, Answer]>([
    ['429', refusing(429, 'slow down')],
    ['503', refusing(503, 'busy')],
    ['529', refusing(529, 'overloaded')],
    ['500 that is no JSON', answering(500, '<html>oh</html>')],
    ['an answer that is not JSON', answering(200, 'hello')],
    ['a truncated answer', truncated],
    ['a reset', reset],
    ['something that is not HTTP', noHttp],
  ])('is asked again after %s', async ([, fault]) => {
    const { writer, clock, asked } = await serve(name, [fault, fault, SAYING[name]('a text')]);
    expect(await writer.write(PROMPT)).toBe('a text');
    expect(asked).toHaveLength(3);
    expect(clock.waitsMs).toEqual([1_000, 2_000]);
  });

  test('is waited for as long as it asks, but not longer than the limit', async () => {
    const busy = refusing(429, 'slow down', { 'retry-after': '7' });
    const { writer, clock } = await serve(name, [busy, SAYING[name]('a text')]);
    expect(await writer.write(PROMPT)).toBe('a text');
    expect(clock.waitsMs).toEqual([7_000]);
    const long = refusing(429, 'slow down', { 'retry-after': String(RETRY_AFTER_MS_MAX) });
    const tired = await serve(name, [long]);
    const { kind, parts } = await errorOf(tired.writer.write(PROMPT));
    expect(kind).toBe('world');
    expect(parts.found).toBe("HTTP 429 'slow down'");
    expect(tired.clock.waitsMs).toEqual([]);
  });

  test.for<[string, Answer, RegExp]>([
    ['that is busy', refusing(503, 'busy'), /^HTTP 503 'busy' after 3 attempts$/u],
    ['that is dead', reset, /^no answer \(\w+\) after 3 attempts$/u],
    ['that speaks garbage', noHttp, /^an answer that is not HTTP after 3 attempts$/u],
    ['that never ends its answer', truncated, /^no answer \(\w+\) after 3 attempts$/u],
    [
      'that says too much',
      answering(200, 'x'.repeat(WRITER_ANSWER_BYTES_MAX + 1)),
      /^an answer of more than 1048576 bytes after 3 attempts$/u,
    ],
  ])('%s is given up after some attempts', async ([, fault, found]) => {
    const { writer, asked } = await serve(name, [fault]);
    const { kind, parts } = await errorOf(writer.write(PROMPT));
    expect(kind).toBe('world');
    expect(parts.found).toMatch(found);
    expect(asked).toHaveLength(WRITER_ATTEMPTS_MAX);
  });

  test('that is silent is given up in time', async () => {
    const { writer } = await serve(name, [silence], 50);
    const { parts } = await errorOf(writer.write(PROMPT));
    expect(parts.found).toBe('no whole answer within 50 ms after 3 attempts');
  });

  test('that nobody listens for is told', async () => {
    const writer = writerOn(name, 'http://127.0.0.1:1', manualClock(0), 1_000);
    expect((await errorOf(writer.write(PROMPT))).parts.found).toMatch(
      /^no answer \(ECONNREFUSED\)/u,
    );
  });

  test.for<[string, Answer, string, RegExp]>([
    [
      'a wrong key',
      refusing(401, `invalid key ${KEY}`),
      "HTTP 401 'invalid key …'",
      /ANTHROPIC_API_KEY|OPENAI_API_KEY|Application Default/u,
    ],
    [
      'a wrong key, starred',
      refusing(401, `invalid key ${KEY.slice(0, 9)}*****${KEY.slice(-4)} given`),
      "HTTP 401 'invalid key … given'",
      /ANTHROPIC_API_KEY|OPENAI_API_KEY|Application Default/u,
    ],
    [
      'a missing right',
      refusing(403, 'no'),
      "HTTP 403 'no'",
      /ANTHROPIC_API_KEY|OPENAI_API_KEY|aiplatform\.endpoints\.predict/u,
    ],
    ['an unknown model', refusing(404, 'no model'), "HTTP 404 'no model'", /--writer-model/u],
    [
      'a redirect',
      answering(307, '', { location: 'http://127.0.0.1:1/' }),
      'HTTP 307, a redirect',
      /--writer-url/u,
    ],
    ['a bad request', refusing(400, 'odd\u0000\u202E field'), "HTTP 400 'odd  field'", /request/u],
  ])('tells %s at once', async ([, fault, found, expected]) => {
    const { writer, asked } = await serve(name, [fault]);
    const { parts } = await errorOf(writer.write(PROMPT));
    expect(parts.found.replaceAll(/\s+/gu, ' ')).toBe(found.replaceAll(/\s+/gu, ' '));
    expect(parts.expected).toMatch(expected);
    expect(asked).toHaveLength(1);
  });

  test.for(['max_tokens', 'refusal', 'length', 'content_filter', 'SAFETY', 'MAX_TOKENS'])(
    'refuses a text that ended with %s',
    async (reason) => {
      const { writer } = await serve(name, [SAYING[name]('half a te', reason)]);
      const { parts } = await errorOf(writer.write(PROMPT));
      expect(parts).toMatchObject({ what: 'text of the writer', found: `stop reason '${reason}'` });
    },
  );

  test('refuses JSON of another form', async () => {
    for (const body of [[], {}, 'null', { choices: [], content: 3, candidates: {} }]) {
      const { writer } = await serve(name, [answering(200, body)]);
      expect((await errorOf(writer.write(PROMPT))).parts.found).toBe('an answer of another form');
    }
  });
});

test('a prompt that Vertex AI blocks, and a refusal of chat completions, are told', async () => {
  const vertex = await serve('vertex', [
    answering(200, { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }),
  ]);
  expect((await errorOf(vertex.writer.write(PROMPT))).parts.found).toBe(
    "stop reason 'PROHIBITED_CONTENT'",
  );
  const message = { role: 'assistant', content: null, refusal: 'no' };
  const openai = await serve('openai', [
    answering(200, { choices: [{ message, finish_reason: 'stop' }] }),
  ]);
  expect((await errorOf(openai.writer.write(PROMPT))).parts.found).toBe("stop reason 'refusal'");
});

test('an empty refusal, as some servers send with every text, is none', async () => {
  const message = { role: 'assistant', content: 'a text', refusal: '' };
  const { writer } = await serve('openai', [
    answering(200, { choices: [{ message, finish_reason: 'stop' }] }),
  ]);
  expect(await writer.write(PROMPT)).toBe('a text');
});
