/**
 * A thread of this process that answers one request after the other. Both sides are parts of one program, so
 * what they say to each other is trusted to have its type.
 */
import { parentPort, Worker } from 'node:worker_threads';
import { assert } from '../../core/unit/errors.js';

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

/** It ends with the process, which it keeps from ending only while it is asked. */
export class WorkerThread<Of extends Talk> {
  private readonly worker: Worker;

  /** Starts a thread in the module at `url`. */
  constructor(url: URL) {
    this.worker = new Worker(url);
    this.worker.unref();
  }

  /** One request at a time. Rejects with a bug of the thread. */
  async ask(request: Of['request'], onNote: (note: Of['note']) => void): Promise<Of['answer']> {
    const { worker } = this;
    const { promise, resolve, reject } = Promise.withResolvers<Of['answer']>();
    const onMessage = (sent: Sent<Of>): void => {
      if ('answer' in sent) resolve(sent.answer);
      else onNote(sent.note);
    };
    const onExit = (): void => {
      reject(new Error('invariant broken: a thread ends with its process'));
    };
    worker.on('message', onMessage).on('error', reject).on('exit', onExit);
    worker.ref();
    worker.postMessage(request, []);
    try {
      return await promise;
    } finally {
      worker.unref();
      worker.off('message', onMessage).off('error', reject).off('exit', onExit);
    }
  }
}

/** In a thread: answers each request. A bug ends the thread, and with it the process. */
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
}
