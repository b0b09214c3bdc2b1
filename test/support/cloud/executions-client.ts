/** Google's own client of the Executions API, pointed at a service on this machine. */
import { ExecutionsClient } from '@google-cloud/workflows';
import { googleAuthLibrary } from 'google-gax';
import { isDictionary } from '../../../src/core/unit/json.js';
import { setTimeout } from 'node:timers/promises';

/** The API has no call that waits for the end. */
const POLL_MS = 50;

export interface EndedExecution {
  readonly id: string;
  readonly state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** What the workflow returned; undefined unless it succeeded. */
  readonly result: unknown;
  /** What it raised, `{message, code, tags}`. */
  readonly error: unknown;
  /** The message of the error, empty without one. */
  readonly message: string;
}

export function openExecutionsClient(url: string): ExecutionsClient {
  const { hostname, port } = new URL(url);
  // The client takes both only from its own copy of the library.
  const { GoogleAuth, PassThroughClient } = googleAuthLibrary;
  return new ExecutionsClient({
    fallback: 'rest',
    protocol: 'http',
    apiEndpoint: hostname,
    port: Number(port),
    auth: new GoogleAuth({ authClient: new PassThroughClient() }),
  });
}

/** Starts an execution of `workflow` and waits for its end. */
export async function runExecution(
  client: ExecutionsClient,
  workflow: string,
  args: unknown,
): Promise<EndedExecution> {
  const argument = JSON.stringify(args);
  const [created] = await client.createExecution({ parent: workflow, execution: { argument } });
  // Passed back unchanged: the real service answers with the project's number.
  const name = created.name ?? '';
  for (;;) {
    const [{ state, result, error }] = await client.getExecution({ name });
    if (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED') {
      const raised: unknown = state === 'SUCCEEDED' ? undefined : JSON.parse(error?.payload ?? '');
      return {
        id: name.split('/').at(-1) ?? '',
        state,
        result: state === 'SUCCEEDED' ? JSON.parse(result ?? '') : undefined,
        error: raised,
        message: isDictionary(raised) ? String(raised['message']) : '',
      };
    }
    await setTimeout(POLL_MS);
  }
}
