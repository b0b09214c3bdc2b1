/** A server that stands in for the three services of language models, and answers as a test says. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Answer = (outgoing: ServerResponse, incoming: IncomingMessage) => void;

export interface AskedRequest {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StandIn {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly asked: AskedRequest[];
}

/** Answers in order, then repeats the last one. */
export async function standIn(answers: readonly Answer[]): Promise<StandIn> {
  const asked: AskedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      const body = Buffer.concat(pieces).toString('utf8');
      asked.push({ url: incoming.url ?? '', headers: incoming.headers, body });
      answer?.(outgoing, incoming);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { address: `http://127.0.0.1:${portOf(address)}`, asked };
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export function refusing(
  status: number,
  message: string,
  headers?: Record<string, string>,
): Answer {
  return answering(status, { error: { message } }, headers);
}

export const silence: Answer = () => undefined;
export const reset: Answer = (_outgoing, incoming) => incoming.socket.resetAndDestroy();
/** Half of what it announced. */
export const truncated: Answer = (outgoing, incoming) => {
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  outgoing.write('{"content": [');
  setImmediate(() => incoming.socket.destroy());
};
export const noHttp: Answer = (_outgoing, incoming) => {
  incoming.socket.end('SSH-2.0-OpenSSH\r\n\r\n');
};

/** The texts of the three services, each as its own documentation shapes it. */
export const SAYING: Readonly<
  Record<'anthropic' | 'openai' | 'vertex', (text: string, reason?: string) => Answer>
> = {
  anthropic: (text, reason = 'end_turn') =>
    answering(200, {
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'not for print' },
        { type: 'text', text },
      ],
      stop_reason: reason,
    }),
  openai: (text, reason = 'stop') =>
    answering(200, {
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, refusal: null },
          finish_reason: reason,
        },
      ],
    }),
  vertex: (text, reason = 'STOP') =>
    answering(200, {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'not for print', thought: true }, { text }] },
          finishReason: reason,
        },
      ],
    }),
};
