/**
 * A deployed workflow through Google's client of the Executions API, over REST. Loading the SDK takes
 * a third of a second, so only commands that start or watch an execution load this file.
 */
import { ExecutionsClient, type protos } from '@google-cloud/workflows';
import { googleAuthLibrary } from 'google-gax';
import { request } from 'undici';
import { isDictionary, readJson } from '../../core/unit/json.js';
import type { Clock, ExecutionView, Workflow } from '../../jobs/ports.js';
import { quietClientWarnings } from './client-warnings.js';
import { type GoogleRequest, httpError, thrownError } from './google-error.js';
import { withDeadline, withRetries } from '../process/retry.js';

export interface WorkflowOptions {
  /** `projects/P/locations/L/workflows/W`. */
  readonly name: string;
  /** Scheme, host and port (gcs-endpoint.ts) in place of Google's two services; no credentials are sent there. */
  readonly endpoint?: string | undefined;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly attemptMs?: number;
}

const ATTEMPT_MS = 30_000;
const ATTEMPTS_MAX = 5;
const FIRST_WAIT_MS = 500;
const WAIT_MS_MAX = 8_000;
const DEFINITIONS_ENDPOINT = 'https://workflows.googleapis.com';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
/** The message if neither the workflow nor the service gives one. */
const NO_MESSAGE = 'the service gives no reason';
/** Characters shown of an execution's error; the run's summary says more. */
const ERROR_CHARACTERS_MAX = 4_000;

export function openWorkflow(options: WorkflowOptions): Workflow {
  const { name, clock, endpoint, attemptMs = ATTEMPT_MS } = options;
  const callOptions = { retry: null, timeout: attemptMs };
  const auth = authOf(endpoint);
  let opened: Promise<ExecutionsClient> | undefined;
  const client = async (): Promise<ExecutionsClient> =>
    await (opened ??= openClient(auth, endpoint));
  const retries = {
    attemptsMax: ATTEMPTS_MAX,
    firstWaitMs: FIRST_WAIT_MS,
    waitMsMax: WAIT_MS_MAX,
    clock,
    random: options.random ?? Math.random,
  };
  const read = async <T>(asked: GoogleRequest, ask: () => Promise<T>): Promise<T> =>
    await withRetries(retries, asked, () => attempt(asked, ask, attemptMs));
  return {
    name,
    start: async (argument) => {
      const asked = {
        ...requestOf('start', name, 'workflows.executions.create'),
        expected: 'an answer (gcloud workflows executions list shows whether it runs)',
      };
      // One attempt only: after a lost answer an execution may run.
      const once = { ...retries, attemptsMax: 1 };
      const create = async (): Promise<[Execution, ...unknown[]]> => {
        const running = await client();
        const execution = { argument: JSON.stringify(argument) };
        return await running.createExecution({ parent: name, execution }, callOptions);
      };
      const [{ name: uri }] = await withRetries(once, asked, () =>
        attempt(asked, create, attemptMs),
      );
      return idOf(uri);
    },
    look: async (id) => {
      const uri = `${name}/executions/${id}`;
      const absent = 'an execution of this workflow';
      const asked = { ...requestOf('look at', uri, 'workflows.executions.get'), absent };
      const [execution] = await read(asked, async () => {
        const running = await client();
        return await running.getExecution({ name: uri }, callOptions);
      });
      return viewOf(id, execution, clock);
    },
    settings: async () => {
      const asked = requestOf('look at', name, 'workflows.workflows.get');
      return await read(asked, async () => {
        const url = `${endpoint ?? DEFINITIONS_ENDPOINT}/v1/${name}`;
        const answer = await request(url, {
          headers: endpoint === undefined ? await signedHeaders(auth, url) : {},
        });
        const text = await answer.body.text();
        if (answer.statusCode === 403) return undefined;
        if (answer.statusCode !== 200) throw httpError(answer.statusCode, text, asked);
        return settingsIn(JSON.parse(text));
      });
    },
  };
}

type Auth = InstanceType<typeof googleAuthLibrary.GoogleAuth>;

function authOf(endpoint: string | undefined): Auth {
  quietClientWarnings();
  // The client accepts only objects from its own copy of the library.
  const { GoogleAuth, PassThroughClient } = googleAuthLibrary;
  return endpoint === undefined
    ? new GoogleAuth({ scopes: [SCOPE] })
    : new GoogleAuth({ authClient: new PassThroughClient() });
}

async function signedHeaders(auth: Auth, url: string): Promise<Record<string, string>> {
  return Object.fromEntries(await auth.getRequestHeaders(url));
}

/** Gets credentials first: without any, an unhandled rejection in the client would end the process. */
async function openClient(auth: Auth, endpoint: string | undefined): Promise<ExecutionsClient> {
  await auth.getClient();
  if (endpoint === undefined) return new ExecutionsClient({ fallback: 'rest', auth });
  const { protocol, hostname, port } = new URL(endpoint);
  return new ExecutionsClient({
    fallback: 'rest',
    protocol: protocol.slice(0, -1),
    apiEndpoint: hostname,
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
    auth,
  });
}

function requestOf(what: GoogleRequest['what'], where: string, permission: string): GoogleRequest {
  return { what, where, permission, expected: 'an answer', absent: 'a deployed workflow' };
}

async function attempt<T>(
  asked: GoogleRequest,
  ask: () => Promise<T>,
  deadlineMs: number,
): Promise<T> {
  try {
    return await withDeadline(ask(), deadlineMs);
  } catch (error) {
    throw thrownError(error, asked);
  }
}

/** The service answers with the project's number in place of its id, so only the last part is reliable. */
function idOf(name: string | null | undefined): string {
  const id = name?.split('/').at(-1) ?? '';
  if (id === '') throw new Error('invariant broken: a started execution has a name');
  return id;
}

type Execution = protos.google.cloud.workflows.executions.v1.IExecution;

function viewOf(id: string, execution: Execution, clock: Clock): ExecutionView {
  return {
    id,
    state: stateOf(String(execution.state)),
    argument: readJson(execution.argument ?? ''),
    startedMs: instantMs(execution.startTime) ?? clock.nowMs(),
    step: execution.status?.currentSteps?.at(-1)?.step ?? '',
    error: errorOf(execution),
  };
}

function stateOf(state: string): ExecutionView['state'] {
  switch (state) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'CANCELLED':
      return 'cancelled';
    case 'FAILED':
    case 'UNAVAILABLE':
      return 'failed';
    default:
      return 'running';
  }
}

type Timestamp = protos.google.protobuf.ITimestamp;

function instantMs(time: Timestamp | null | undefined): number | undefined {
  const seconds = Number(time?.seconds ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

/** A workflow raises a map or a text; the payload holds either as JSON. */
function errorOf({ error, stateError, state }: Execution): ExecutionView['error'] {
  if (stateOf(String(state)) !== 'failed') return undefined;
  // The service sends absent texts as empty texts.
  const said = error?.payload || stateError?.details || NO_MESSAGE;
  const raised = readJson(said);
  const { message = raised, tags } = isDictionary(raised) ? raised : {};
  return {
    message: (typeof message === 'string' ? message : said).slice(0, ERROR_CHARACTERS_MAX),
    tags: Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [],
  };
}

function settingsIn(workflow: unknown): Readonly<Record<string, string>> {
  const variables = isDictionary(workflow) ? workflow['userEnvVars'] : undefined;
  if (!isDictionary(variables)) return {};
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}
