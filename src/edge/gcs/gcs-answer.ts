/**
 * GETs over undici. Each piece of a body goes to its taker as it comes, and one promise settles, after which the
 * taker hears nothing more.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { buildConnector, Client, type Dispatcher, errors } from 'undici';
import { TransientFault } from '../process/retry.js';
import type { GcsLimits } from './gcs-limits.js';

export interface AnswerHead {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders;
}

/** Who gets the body of an answer. What it throws ends the answer. */
export interface BodyTaker {
  /** The bytes may change after the call. */
  take(piece: Uint8Array): void;
}

export interface AnswerRequest {
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Record<string, string>;
  /** From the call to the last byte of the answer. */
  readonly deadlineMs: number;
  /** Hears the head and says who takes the body. What it throws ends the answer. */
  readonly onHead: (head: AnswerHead) => BodyTaker;
}

/** As getAnswer, over the connection of a place. */
export type GetAtPlace = (place: number, request: AnswerRequest) => Promise<void>;

/**
 * Each place keeps its connection. undici's Pool would open another one for a read that begins when one ends, since
 * it takes a connection as free only a turn later.
 */
export function openConnections(
  endpoint: string,
  limits: Pick<GcsLimits, 'connectMs' | 'idleMs'>,
): GetAtPlace {
  const clients: Client[] = [];
  const options: Client.Options = {
    // One connector for all, since it keeps their TLS sessions.
    connect: buildConnector({ timeout: limits.connectMs }),
    headersTimeout: limits.idleMs,
    bodyTimeout: limits.idleMs,
  };
  return async (place, request) =>
    await getAnswer((clients[place] ??= new Client(endpoint, options)), request);
}

/** Settles with the end of the answer. Throws a TransientFault at the deadline, undici's errors, and what onHead or the taker throws. */
export async function getAnswer(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  request: AnswerRequest,
): Promise<void> {
  const { path, headers, deadlineMs } = request;
  const handler = new AnswerHandler(request.onHead);
  const deadline = setTimeout(() => {
    handler.abort(new TransientFault(`no whole answer within ${deadlineMs} ms`));
  }, deadlineMs);
  try {
    dispatcher.dispatch({ method: 'GET', path, headers }, handler);
    await handler.settled;
  } finally {
    clearTimeout(deadline);
  }
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly settled: Promise<void>;
  private readonly outcome = Promise.withResolvers<void>();
  private readonly onHead: AnswerRequest['onHead'];
  private controller: Dispatcher.DispatchController | undefined;
  private taker: BodyTaker | undefined;
  /** Why the answer is of no use any more. */
  private error: Error | undefined;

  constructor(onHead: AnswerRequest['onHead']) {
    this.onHead = onHead;
    this.settled = this.outcome.promise;
  }

  abort(error: Error): void {
    this.fail(error);
    this.controller?.abort(error);
  }

  /** Comes when there is a connection, which may be after the deadline. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.error !== undefined) controller.abort(this.error);
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    // An interim answer (1xx) precedes the real one.
    if (this.error === undefined && status >= 200) this.taker = this.onHead({ status, headers });
  }

  onResponseData(_: unknown, piece: Uint8Array): void {
    this.taker?.take(piece);
  }

  onResponseEnd(): void {
    this.taker = undefined;
    this.outcome.resolve();
  }

  onResponseError(_: unknown, error: Error): void {
    // Its code, by which others are known as transient, is undefined in undici 7.30.
    const isGarbled = error instanceof errors.HTTPParserError;
    this.fail(isGarbled ? new TransientFault('an answer that is not HTTP', error) : error);
  }

  private fail(error: Error): void {
    this.error ??= error;
    this.taker = undefined;
    this.outcome.reject(error);
  }
}
