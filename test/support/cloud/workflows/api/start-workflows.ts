/** Serves the interpreter by the REST interfaces of Workflows and Workflow Executions, on one port. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { isDictionary } from '../../../../../src/core/unit/json.js';
import { realClock } from '../run/running-execution.js';
import { ApiError } from './api-answer.js';
import type { ExecutionsSettings } from './executions-api.js';
import { WorkflowsApi } from './workflows-api.js';

export interface WorkflowsService {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Cancels what runs and closes the port. */
  close(): Promise<void>;
}

export async function startWorkflowsService(
  settings: Partial<ExecutionsSettings> = {},
): Promise<WorkflowsService> {
  const api = new WorkflowsApi({ clock: realClock, urls: {}, ...settings });
  const server = createServer((request, response) => {
    void answerOf(api, request).then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' });
      response.end(`${JSON.stringify(body, null, 2)}\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
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
): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const { pathname, searchParams: query } = new URL(message.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname);
    const body = bodyOf(await textOf(message));
    const request = { method: message.method ?? '', path, query, body };
    return { status: 200, body: api.answer(request) };
  } catch (error) {
    if (error instanceof ApiError) return { status: error.code, body: error.body() };
    return { status: 500, body: { error: { code: 500, message: String(error) } } };
  }
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new ApiError('INVALID_ARGUMENT', 'the request is not JSON');
  }
  if (isDictionary(body)) return body;
  throw new ApiError('INVALID_ARGUMENT', 'the request is not a JSON object');
}
