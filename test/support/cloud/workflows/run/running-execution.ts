/** One execution while it runs: its clock, its counts against the limits, and what connectors may see. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Workflow } from '../check/deploy-workflow.js';
import type { ConnectorContext, LogEntry, OpenForms, ServiceUrls } from '../connector/connector.js';
import { Memory } from '../expression/memory.js';
import { STEPS_MAX } from './limits.js';
import { limitExceeded } from './workflow-errors.js';

/** The project's Clock, whose wait ends early with the signal. */
export interface ExecutionClock {
  readonly nowMs: () => number;
  readonly waitMs: (durationMs: number, signal: AbortSignal) => Promise<void>;
}

export const realClock: ExecutionClock = {
  nowMs: () => Date.now(),
  waitMs: async (durationMs, signal) => {
    await setTimeout(durationMs, undefined, { signal });
  },
};

export interface ExecutionSettings {
  readonly clock: ExecutionClock;
  readonly urls: ServiceUrls;
  readonly forms?: Partial<OpenForms>;
  readonly executionId?: string;
  readonly onLog?: (entry: LogEntry) => void;
}

export interface CurrentStep {
  readonly step: string;
  readonly routine: string;
}

/** Other work of the process gets its turn this often. */
const STEPS_BETWEEN_TURNS = 500;

export class RunningExecution implements ConnectorContext {
  readonly workflow: Workflow;
  readonly memory: Memory = new Memory();
  readonly environment: ReadonlyMap<string, string>;
  readonly urls: ServiceUrls;
  readonly forms: OpenForms;
  readonly signal: AbortSignal;
  private readonly settings: ExecutionSettings;
  private steps = 0;
  private entered: CurrentStep | undefined;

  constructor(workflow: Workflow, settings: ExecutionSettings, signal: AbortSignal) {
    this.workflow = workflow;
    this.settings = settings;
    this.signal = signal;
    const id = settings.executionId ?? '';
    this.environment = new Map([
      ...workflow.environment,
      ['GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID', id],
    ]);
    this.urls = settings.urls;
    this.forms = { jobsRunResult: 'execution', mediaJson: 'map', ...settings.forms };
  }

  /** The running step or the last one: the innermost alone, as the service shows it. */
  get current(): CurrentStep | undefined {
    return this.entered;
  }

  async enter(step: CurrentStep): Promise<void> {
    this.signal.throwIfAborted();
    this.entered = step;
    this.countStep();
    if (this.steps % STEPS_BETWEEN_TURNS === 0) await setImmediate();
  }

  /** A routine has returned: its caller's step goes on. After an error the failing step stays. */
  resume(step: CurrentStep | undefined): void {
    this.entered = step ?? this.entered;
  }

  countStep = (): void => {
    this.steps += 1;
    if (this.steps > STEPS_MAX) throw limitExceeded(`more than ${STEPS_MAX} steps`);
  };

  nowMs = (): number => this.settings.clock.nowMs();

  waitMs = async (durationMs: number): Promise<void> => {
    this.signal.throwIfAborted();
    const given = Promise.withResolvers<never>();
    const giveUp = (): void => given.reject(this.signal.reason as Error);
    this.signal.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([this.settings.clock.waitMs(durationMs, this.signal), given.promise]);
    } finally {
      this.signal.removeEventListener('abort', giveUp);
    }
  };

  log = (entry: LogEntry): void => this.settings.onLog?.(entry);
}
