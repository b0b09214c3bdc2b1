/** A small HTTP server for tests: it gives the answers in order and keeps the requests. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubAnswer {
  readonly status?: number;
  readonly contentType?: string;
  /** Text is sent unchanged, other values as JSON. HANG_UP breaks the connection. */
  readonly body: unknown;
}

export interface HttpStub {
  readonly url: string;
  /** `GET /path?query` with the body behind it, one line each. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export const HANG_UP = 'hang up';

/** Repeats the last answer. */
export async function startHttpStub(...answers: readonly StubAnswer[]): Promise<HttpStub> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const {
        status = 200,
        contentType = 'application/json; charset=UTF-8',
        ...answer
      } = answers[Math.min(asked.length, answers.length - 1)] ?? { body: {} };
      asked.push(`${request.method} ${request.url}${body === '' ? '' : ` ${body}`}`);
      if (answer.body === HANG_UP) {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'Content-Type': contentType, 'Alt-Svc': 'clear' });
      const isText = typeof answer.body === 'string' || answer.body instanceof Uint8Array;
      response.end(isText ? answer.body : JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
