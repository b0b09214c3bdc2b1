/** The Executions API of one deployed workflow: create, get and list. */
import { randomUUID } from 'node:crypto';
import type { Workflow } from '../check/deploy-workflow.js';
import {
  type Execution,
  executeWorkflow,
  type Outcome,
  whyNoArgument,
} from '../run/execute-workflow.js';
import type { ExecutionSettings } from '../run/running-execution.js';
import { ApiError, type ApiRequest, onlyFields } from './api-answer.js';

/** What a window shows of an execution when it starts and when it ends. */
export interface ExecutionNews {
  readonly id: string;
  readonly state: 'ACTIVE' | Outcome['state'];
  /** JSON: the argument at the start, later the result or the raised error. */
  readonly json: string;
}

export interface ExecutionsSettings extends ExecutionSettings {
  readonly onExecution?: (news: ExecutionNews) => void;
}

export const REVISION_ID = '000001-ac2';

interface ExecutionRecord {
  readonly id: string;
  readonly argument: string;
  readonly startMs: number;
  readonly execution: Execution;
  ended?: { readonly outcome: Outcome; readonly endMs: number };
}

export class ExecutionsApi {
  private readonly workflowName: string;
  private readonly workflow: Workflow;
  private readonly settings: ExecutionsSettings;
  /** In order of creation. */
  private readonly records = new Map<string, ExecutionRecord>();

  /** `workflowName` carries the project's number, as answers do. */
  constructor(workflowName: string, workflow: Workflow, settings: ExecutionsSettings) {
    this.workflowName = workflowName;
    this.workflow = workflow;
    this.settings = settings;
  }

  create({ body, query }: ApiRequest): unknown {
    // Google's client always sends labels, empty unless it is told some.
    onlyFields(Object.keys(body), ['argument', 'labels'], 'execution');
    onlyFields(query.keys(), [], 'query');
    const argument = body['argument'] ?? 'null';
    if (typeof argument !== 'string') {
      throw new ApiError('INVALID_ARGUMENT', 'argument is a string that holds JSON');
    }
    const reason = whyNoArgument(argument);
    if (reason !== undefined) throw new ApiError('INVALID_ARGUMENT', reason);
    const id = randomUUID();
    const { clock, onExecution } = this.settings;
    onExecution?.({ id, state: 'ACTIVE', json: argument });
    const settings = { ...this.settings, executionId: id };
    const execution = executeWorkflow(this.workflow, argument, settings);
    const record: ExecutionRecord = { id, argument, startMs: clock.nowMs(), execution };
    this.records.set(id, record);
    // An outcome never rejects: it says how the execution went.
    void execution.outcome.then((outcome) => {
      record.ended = { outcome, endMs: clock.nowMs() };
      const json = 'result' in outcome ? outcome.result : outcome.error.payload;
      onExecution?.({ id, state: outcome.state, json });
    });
    return this.resource(record);
  }

  get(id: string): unknown {
    const record = this.records.get(id);
    if (record !== undefined) return this.resource(record);
    const name = `${this.workflowName}/executions/${id}`;
    throw new ApiError('NOT_FOUND', `Resource '${name}' was not found`);
  }

  /** All on one page, the newest first. */
  list(): unknown {
    const newestFirst = [...this.records.values()].toReversed();
    return { executions: newestFirst.map((record) => this.resource(record)) };
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    for (const { execution } of this.records.values()) execution.cancel();
    await Promise.all([...this.records.values()].map(async ({ execution }) => execution.outcome));
  }

  private resource({ id, argument, startMs, ended, execution }: ExecutionRecord): unknown {
    const startTime = new Date(startMs).toISOString();
    const step = execution.currentStep();
    return {
      name: `${this.workflowName}/executions/${id}`,
      createTime: startTime,
      startTime,
      state: 'ACTIVE',
      workflowRevisionId: REVISION_ID,
      argument,
      ...(step === undefined ? {} : { status: { currentSteps: [step] } }),
      ...(ended && {
        endTime: new Date(ended.endMs).toISOString(),
        duration: `${(ended.endMs - startMs) / 1000}s`,
        ...ended.outcome,
      }),
    };
  }
}
