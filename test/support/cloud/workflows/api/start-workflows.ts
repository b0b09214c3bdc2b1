/** The interpreter behind the REST interfaces of Workflows and Workflow Executions, on one port. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, type ApiRequest, answerText, takesPretty } from '../connector/api-answer.js';
import type { ExecutionsSettings } from './executions-api.js';
import { realClock } from '../run/running-execution.js';
import { WorkflowsApi } from './workflows-api.js';

const BODY_BYTES_MAX = 4_000_000;
const PROJECT_NUMBER = '123456789012';

export type WorkflowsServiceSettings = Partial<ExecutionsSettings> & {
  /** A free one where it is left out. */
  readonly port?: number;
  /** What answers call the project, whatever id a request called it by. */
  readonly projectNumber?: string;
};

export interface WorkflowsService {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Cancels what runs and closes the port. */
  close(): Promise<void>;
}

export async function startWorkflowsService(
  settings: WorkflowsServiceSettings = {},
): Promise<WorkflowsService> {
  const { port = 0, projectNumber = PROJECT_NUMBER, ...execution } = settings;
  const api = new WorkflowsApi({ clock: realClock, urls: {}, ...execution }, projectNumber);
  const server = createServer((request, response) => {
    void answerOf(api, request).then(({ status, text }) => {
      response.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' });
      response.end(text);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      await api.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerOf(
  api: WorkflowsApi,
  message: IncomingMessage,
): Promise<{ status: number; text: string }> {
  let isPretty = true;
  try {
    const request = await requestOf(message);
    isPretty = takesPretty(request.query);
    return { status: 200, text: answerText(await api.answer(request), isPretty) };
  } catch (error) {
    if (error instanceof ApiError) {
      return { status: error.code, text: answerText(error.body(), isPretty) };
    }
    const body = { error: { code: 500, message: String(error) } };
    return { status: 500, text: answerText(body, isPretty) };
  }
}

async function requestOf(message: IncomingMessage): Promise<ApiRequest> {
  const url = new URL(message.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw new ApiError('INVALID_ARGUMENT', 'the request is too large');
    chunks.push(chunk);
  }
  const path = decodeURIComponent(url.pathname);
  const body = bodyOf(Buffer.concat(chunks).toString());
  return { method: message.method ?? '', path, query: url.searchParams, body };
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ApiError('INVALID_ARGUMENT', 'the request is not JSON');
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new ApiError('INVALID_ARGUMENT', 'the request is not a JSON object');
}
