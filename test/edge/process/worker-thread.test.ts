/** A thread answers, and whatever ends it reaches whoever asks it. The threads run the build, as the program's do. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { type Talk, WorkerThread } from '../../../src/edge/process/worker-thread.js';

const BUILT = pathToFileURL(
  join(import.meta.dirname, '../../../dist/edge/process/worker-thread.js'),
).href;

interface Numbers extends Talk {
  readonly request: number;
  readonly note: string;
  readonly answer: Uint8Array;
}

/** A thread that answers as the body of `async (request, note) => { … }` says. */
function moduleOf(body: string, first = ''): URL {
  const source = `import { answerRequests } from '${BUILT}';
    ${first}
    answerRequests(async (request, note) => { ${body} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

function threadOf(body: string, first?: string): WorkerThread<Numbers> {
  return new WorkerThread<Numbers>(moduleOf(body, first));
}

const ignore = (): void => undefined;

/** Time for an idle thread to fail: it has said so once a later thread has answered. */
async function otherThreadAnswers(): Promise<void> {
  for (let times = 0; times < 2; times++) {
    await threadOf('return { answer: new Uint8Array(), moved: [] };').ask(0, ignore);
  }
}

test('answers one request after the other, with notes before', async () => {
  const thread = threadOf(`
    for (let at = 0; at < request; at++) note('note ' + at);
    const answer = new Uint8Array(request).fill(7);
    return { answer, moved: [answer.buffer] };`);
  for (const request of [2, 0, 3]) {
    const notes: string[] = [];
    const answer = await thread.ask(request, (note) => notes.push(note));
    expect(answer).toEqual(new Uint8Array(request).fill(7));
    expect(notes).toEqual(['note 0', 'note 1', 'note 2'].slice(0, request));
  }
});

test('rejects with a bug of the thread, and from then on at once', async () => {
  const thread = threadOf("throw new TypeError('a bug');");
  await expect(thread.ask(1, ignore)).rejects.toThrow(new TypeError('a bug'));
  await expect(thread.ask(2, ignore)).rejects.toThrow(new TypeError('a bug'));
});

test('keeps what ended an idle thread for whoever asks it', async () => {
  const failing = threadOf('', "throw new TypeError('a bug');");
  const ending = threadOf('', 'process.exit(0);');
  const absent = new WorkerThread<Numbers>(new URL('./absent-module.js', import.meta.url));
  await otherThreadAnswers();
  await expect(failing.ask(1, ignore)).rejects.toThrow(new TypeError('a bug'));
  await expect(ending.ask(1, ignore)).rejects.toThrow('a thread ends with its process');
  await expect(absent.ask(1, ignore)).rejects.toThrow('Cannot find module');
});

test('rejects if the thread ends while it is asked', async () => {
  const thread = threadOf('process.exit(0);');
  await expect(thread.ask(1, ignore)).rejects.toThrow('a thread ends with its process');
});

test.each([
  ['ERR_WORKER_INIT_FAILED', 'room for a further thread'],
  ['ERR_WORKER_OUT_OF_MEMORY', 'memory for what a further thread does'],
])('says in four parts that the machine has no room: %s', async (code, expected) => {
  const thread = threadOf(`throw Object.assign(new Error('EAGAIN'), { code: '${code}' });`);
  const error: unknown = await thread.ask(1, ignore).catch((thrown: unknown) => thrown);
  if (!(error instanceof FlowbarsError)) throw new Error('not an error in four parts');
  expect(error.kind).toBe('world');
  expect(error.message).toBe(`this process thread: found EAGAIN, expected ${expected}`);
});

test('does not throw where no thread can start', async () => {
  const thread = new WorkerThread<Numbers>(new URL('https://localhost/no-module.js'));
  await expect(thread.ask(1, ignore)).rejects.toThrow('URL');
});

test('lets the process end while it is idle, and not while it is asked', async () => {
  const url = moduleOf(`
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { answer: request + 1, moved: [] };`);
  const script = `
    import { WorkerThread } from '${BUILT}';
    const url = new URL(${JSON.stringify(url.href)});
    new WorkerThread(url);
    const thread = new WorkerThread(url);
    console.log(await thread.ask(await thread.ask(1, () => {}), () => {}));`;
  const child = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { timeout: 30_000 },
  );
  expect(child.stdout).toBe('3\n');
});
