/** The Executions API of one deployed workflow: create, get, list, cancel. Newest first in a listing. */
import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type ApiRequest,
  labelsIn,
  logLevelIn,
  onlyFields,
} from '../connector/api-answer.js';
import type { Workflow } from '../check/deploy-workflow.js';
import {
  type Execution,
  executeWorkflow,
  type Outcome,
  whyNoArgument,
} from '../run/execute-workflow.js';
import type { ExecutionSettings } from '../run/running-execution.js';

/** What a window shows of an execution when it starts and when it ends. */
export interface ExecutionNews {
  readonly id: string;
  readonly state: 'ACTIVE' | Outcome['state'];
  /** JSON: the argument at the start, then the result or the error that was raised. */
  readonly json: string;
}

export interface ExecutionsSettings extends ExecutionSettings {
  readonly onExecution?: (news: ExecutionNews) => void;
}

const PAGE_SIZE_DEFAULT = 100;
const PAGE_SIZE_MAX = 1000;
const CREATE_FIELDS = [
  'argument',
  'callLogLevel',
  'disableConcurrencyQuotaOverflowBuffering',
  'labels',
];
const STATES = ['ACTIVE', 'SUCCEEDED', 'FAILED', 'CANCELLED'];

export interface Deployed {
  /** With the project's number, as answers carry it. */
  readonly name: string;
  readonly revisionId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly callLogLevel: string;
  readonly workflow: Workflow;
  readonly builtIn: Readonly<Record<string, string>>;
}

interface ExecutionRecord {
  readonly id: string;
  readonly argument: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly callLogLevel: string;
  readonly startMs: number;
  readonly execution: Execution;
  ended?: { readonly outcome: Outcome; readonly endMs: number };
}

export class ExecutionsApi {
  private readonly deployed: Deployed;
  private readonly settings: ExecutionsSettings;
  /** In order of creation. */
  private readonly records = new Map<string, ExecutionRecord>();

  constructor(deployed: Deployed, settings: ExecutionsSettings) {
    this.deployed = deployed;
    this.settings = settings;
  }

  create({ body, query }: ApiRequest): unknown {
    onlyFields(Object.keys(body), CREATE_FIELDS, 'execution');
    onlyFields(query.keys(), [], 'query');
    const argument = body['argument'] ?? 'null';
    if (typeof argument !== 'string') {
      throw new ApiError('INVALID_ARGUMENT', 'argument is a string that holds JSON');
    }
    const reason = whyNoArgument(argument);
    if (reason !== undefined) throw new ApiError('INVALID_ARGUMENT', reason);
    const labels = { ...this.deployed.labels, ...labelsIn(body['labels']) };
    const level = logLevelIn(body['callLogLevel']);
    const isUnspecified = level === 'CALL_LOG_LEVEL_UNSPECIFIED';
    const id = randomUUID();
    this.settings.onExecution?.({ id, state: 'ACTIVE', json: argument });
    const execution = executeWorkflow(this.deployed.workflow, argument, {
      ...this.settings,
      builtIn: { ...this.deployed.builtIn, GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: id },
    });
    const record: ExecutionRecord = {
      id,
      argument,
      labels,
      callLogLevel: isUnspecified ? this.deployed.callLogLevel : level,
      startMs: this.settings.clock.nowMs(),
      execution,
    };
    this.records.set(id, record);
    // An outcome is never a rejection: it says how the execution went.
    void execution.outcome.then((outcome) => {
      record.ended = { outcome, endMs: this.settings.clock.nowMs() };
      const json = 'result' in outcome ? outcome.result : outcome.error.payload;
      this.settings.onExecution?.({ id, state: outcome.state, json });
    });
    return this.resource(record);
  }

  get(id: string, { query }: ApiRequest): unknown {
    onlyFields(query.keys(), ['view'], 'query');
    return this.resource(this.find(id), viewIn(query, 'FULL'));
  }

  list({ query }: ApiRequest): unknown {
    onlyFields(query.keys(), ['pageSize', 'pageToken', 'view', 'filter'], 'query');
    const view = viewIn(query, 'BASIC');
    const state = stateIn(query.get('filter') ?? '');
    const size = numberIn(query, 'pageSize');
    const from = numberIn(query, 'pageToken');
    const all = [...this.records.values()].toReversed();
    const matching = all.filter((record) => state === undefined || stateOf(record) === state);
    const to = from + Math.min(size === 0 ? PAGE_SIZE_DEFAULT : size, PAGE_SIZE_MAX);
    const executions = matching.slice(from, to).map((record) => this.resource(record, view));
    return { executions, ...(to < matching.length ? { nextPageToken: String(to) } : {}) };
  }

  async cancel(id: string, { body }: ApiRequest): Promise<unknown> {
    onlyFields(Object.keys(body), [], 'request');
    const record = this.find(id);
    if (record.ended !== undefined) {
      throw new ApiError('FAILED_PRECONDITION', `execution ${id} is not active`);
    }
    record.execution.cancel();
    await record.execution.outcome;
    return this.resource(record);
  }

  /** Ends what runs, for the end of the service. */
  async close(): Promise<void> {
    for (const { execution } of this.records.values()) execution.cancel();
    await Promise.all([...this.records.values()].map(async ({ execution }) => execution.outcome));
  }

  private find(id: string): ExecutionRecord {
    const record = this.records.get(id);
    if (record !== undefined) return record;
    const name = `${this.deployed.name}/executions/${id}`;
    throw new ApiError('NOT_FOUND', `Resource '${name}' was not found`);
  }

  private resource(record: ExecutionRecord, view: View = 'FULL'): unknown {
    const { name, revisionId } = this.deployed;
    const { id, startMs, ended, argument, labels, callLogLevel } = record;
    const startTime = new Date(startMs).toISOString();
    const step = record.execution.currentStep();
    const full = {
      argument,
      callLogLevel,
      labels,
      ...(step === undefined ? {} : { status: { currentSteps: [step] } }),
      ...outcomeFields(ended?.outcome),
    };
    return {
      name: `${name}/executions/${id}`,
      createTime: startTime,
      startTime,
      state: stateOf(record),
      workflowRevisionId: revisionId,
      ...(ended && {
        endTime: new Date(ended.endMs).toISOString(),
        duration: `${(ended.endMs - startMs) / 1000}s`,
      }),
      ...(view === 'FULL' ? full : {}),
    };
  }
}

/** A result only of a success, an error only of the others. */
function outcomeFields(outcome: Outcome | undefined): Partial<Outcome> {
  if (outcome === undefined) return {};
  return 'result' in outcome ? { result: outcome.result } : { error: outcome.error };
}

function stateOf({ ended }: ExecutionRecord): string {
  return ended?.outcome.state ?? 'ACTIVE';
}

type View = 'BASIC' | 'FULL';

function viewIn(query: URLSearchParams, preset: View): View {
  const view = query.get('view') ?? 'EXECUTION_VIEW_UNSPECIFIED';
  if (view === 'EXECUTION_VIEW_UNSPECIFIED') return preset;
  if (view === 'BASIC' || view === 'FULL') return view;
  throw new ApiError('INVALID_ARGUMENT', 'view is BASIC or FULL');
}

function stateIn(filter: string): string | undefined {
  if (filter === '') return undefined;
  const state = /^state\s*=\s*"?([A-Z]+)"?$/u.exec(filter)?.[1];
  if (state !== undefined && STATES.includes(state)) return state;
  throw new ApiError('INVALID_ARGUMENT', `filter '${filter}': only state="..." is implemented`);
}

function numberIn(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '';
  if (/^[0-9]{0,9}$/u.test(text)) return Number(text);
  throw new ApiError('INVALID_ARGUMENT', `${name} is a number`);
}
