/**
 * A thread of this process that answers one request after the other. Both sides are parts of one program, so
 * what they say to each other is trusted to have its type.
 */
import { parentPort, Worker } from 'node:worker_threads';
import { assert, FlowbarsError } from '../../core/unit/errors.js';

/** What the two sides say to each other. */
export interface Talk {
  readonly request: unknown;
  /** Sent any number of times before the answer. */
  readonly note: unknown;
  readonly answer: unknown;
}

export interface Reply<Answer> {
  readonly answer: Answer;
  /** Memory that moves with the answer: the thread no longer has it. */
  readonly moved: ArrayBuffer[];
}

type Sent<Of extends Talk> = { readonly note: Of['note'] } | { readonly answer: Of['answer'] };

interface Asked<Of extends Talk> {
  readonly onNote: (note: Of['note']) => void;
  readonly resolve: (answer: Of['answer']) => void;
  readonly reject: (error: unknown) => void;
}

/** What Node says of a thread for which the machine has no room, and what would have been needed. */
const NO_ROOM: ReadonlyMap<unknown, string> = new Map([
  ['ERR_WORKER_INIT_FAILED', 'room for a further thread'],
  ['ERR_WORKER_OUT_OF_MEMORY', 'memory for what a further thread does'],
]);

/** It ends with the process, which it keeps from ending only while it is asked. */
export class WorkerThread<Of extends Talk> {
  /** Undefined if it could not start. */
  private readonly worker: Worker | undefined;
  private asked: Asked<Of> | undefined;
  /** Why it answers no more: the first reason. */
  private failure: { readonly error: unknown } | undefined;

  /** Starts a thread in the module at `url`. Never throws: `ask` says what went wrong. */
  constructor(url: URL) {
    try {
      this.worker = this.started(new Worker(url));
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * One request at a time. Rejects with a bug of the thread, also an earlier one, and with a FlowbarsError of kind
   * `world` if the machine has no room for the thread.
   */
  async ask(request: Of['request'], onNote: (note: Of['note']) => void): Promise<Of['answer']> {
    assert(this.asked === undefined, 'a thread is asked one thing at a time');
    if (this.failure !== undefined) throw this.failure.error;
    const { promise, resolve, reject } = Promise.withResolvers<Of['answer']>();
    this.asked = { onNote, resolve, reject };
    this.worker?.ref();
    try {
      this.worker?.postMessage(request, []);
      return await promise;
    } finally {
      this.asked = undefined;
      this.worker?.unref();
    }
  }

  private started(worker: Worker): Worker {
    worker.on('message', (sent: Sent<Of>) => {
      if ('answer' in sent) this.asked?.resolve(sent.answer);
      else this.asked?.onNote(sent.note);
    });
    const onFailure = (error: unknown): void => {
      this.fail(error);
    };
    worker.on('error', onFailure).on('messageerror', onFailure);
    worker.on('exit', () => {
      this.fail(new Error('invariant broken: a thread ends with its process'));
    });
    worker.unref();
    return worker;
  }

  private fail(found: unknown): void {
    this.failure ??= { error: withoutRoom(found) ?? found };
    this.asked?.reject(this.failure.error);
  }
}

/** The error in four parts if the machine had no room for the thread. */
function withoutRoom(error: unknown): FlowbarsError | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const expected = NO_ROOM.get(error.code);
  if (expected === undefined) return undefined;
  const parts = { what: 'thread', found: error.message, expected, where: 'this process' };
  return new FlowbarsError('world', parts, error);
}

/** In a thread: answers each request. A bug ends the thread, and `ask` rejects with it. */
export function answerRequests<Of extends Talk>(
  answering: (
    request: Of['request'],
    note: (note: Of['note']) => void,
  ) => Promise<Reply<Of['answer']>>,
): void {
  const port = parentPort;
  assert(port !== null, 'requests come to a thread');
  const send = (sent: Sent<Of>, moved: ArrayBuffer[] = []): void => {
    port.postMessage(sent, moved);
  };
  port.on('message', (request: Of['request']) => {
    const note = (body: Of['note']): void => {
      send({ note: body });
    };
    void answering(request, note).then(({ answer, moved }) => {
      send({ answer }, moved);
    });
  });
  port.on('messageerror', (error) => {
    throw error;
  });
}
