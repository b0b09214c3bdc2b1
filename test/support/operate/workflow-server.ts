/**
 * The parts of Workflows that operator commands use, without a workflow: the settings that a test
 * gives, a name for each start, and the answers that a test sets for an execution.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export const WORKFLOW = 'projects/p/locations/l/workflows/flowbars';

export interface WorkflowServer {
  readonly endpoint: string;
  /** Arguments of the executions that were started, in order. */
  readonly started: readonly unknown[];
  /** For a test to change. */
  readonly answers: Answers;
  /** Settles at the first request. */
  readonly asked: Promise<void>;
}

export interface Answers {
  /** Undefined: no answer. */
  settings: Answer | undefined;
  /** Answer in place of a start. */
  start?: Answer;
  look: Answer;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startWorkflowServer(
  settings: Readonly<Record<string, string>>,
): Promise<WorkflowServer> {
  const started: unknown[] = [];
  const answers: Answers = {
    settings: { status: 200, body: { userEnvVars: settings } },
    look: { status: 200, body: { state: 'SUCCEEDED', argument: '{}' } },
  };
  const asked = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    asked.resolve();
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { pathname } = new URL(incoming.url ?? '', 'http://localhost');
      if (pathname === `/v1/${WORKFLOW}`) {
        send(outgoing, answers.settings);
      } else if (incoming.method === 'GET') {
        send(outgoing, answers.look);
      } else if (answers.start !== undefined) {
        send(outgoing, answers.start);
      } else {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        started.push(argumentIn(body));
        const name = `${WORKFLOW}/executions/e-${started.length}`;
        send(outgoing, { status: 200, body: { name, state: 'ACTIVE' } });
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { endpoint: `http://127.0.0.1:${address.port}`, started, answers, asked: asked.promise };
}

/** An answer that refuses a request. */
export function refused(status: number, message: string): Answer {
  return { status, body: { error: { code: status, message } } };
}

function argumentIn(body: unknown): unknown {
  const hasArgument = typeof body === 'object' && body !== null && 'argument' in body;
  return hasArgument ? JSON.parse(String(body.argument)) : undefined;
}

function send(outgoing: ServerResponse, answer: Answer | undefined): void {
  if (answer === undefined) return;
  outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(answer.body));
}
