/** A deployed workflow through Google's client, on a manual clock, from a server that answers as a test says. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { openWorkflow } from '../../../src/edge/google/workflows.js';
import type { Workflow } from '../../../src/jobs/ports.js';
import { type ManualClock, manualClock } from '../manual-clock.js';

export const WORKFLOW_NAME = 'projects/my-project/locations/europe-west1/workflows/flow';
export const NUMBERED_NAME = 'projects/123456789012/locations/europe-west1/workflows/flow';
export const EXECUTION_ID = '00000000-0000-4000-8000-000000000001';
export const EXECUTION_URI = `${WORKFLOW_NAME}/executions/${EXECUTION_ID}`;
export const START_MS = Date.UTC(2025, 11, 12);

export interface Opened {
  readonly workflow: Workflow;
  readonly clock: ManualClock;
}

export function openOn(endpoint: string, attemptMs = 10_000): Opened {
  const clock = manualClock(START_MS);
  return {
    clock,
    workflow: openWorkflow({ name: WORKFLOW_NAME, endpoint, clock, random: () => 0, attemptMs }),
  };
}

export type Answer = (outgoing: ServerResponse, incoming: IncomingMessage) => void;

export function answering(status: number, body: unknown): Answer {
  return (outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'application/json' });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export function refusing(code: number, message: string): Answer {
  return answering(code, { error: { code, message, status: 'SOME_STATUS' } });
}

export const silence: Answer = () => undefined;
export const reset: Answer = (_outgoing, incoming) => incoming.socket.resetAndDestroy();

export interface Served extends Opened {
  readonly asked: string[];
}

/** Answers in order, then repeats the last one. */
export async function serve(answers: readonly Answer[], attemptMs?: number): Promise<Served> {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${incoming.method} ${(incoming.url ?? '').replace(/\?.*/u, '')}`);
    answer?.(outgoing, incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { ...openOn(`http://127.0.0.1:${address.port}`, attemptMs), asked };
}

export async function errorOf(work: Promise<unknown>): Promise<FlowbarsError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof FlowbarsError) return error;
  throw new Error(`no error of the world: ${String(error)}`);
}
