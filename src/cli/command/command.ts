/** What a command is: a name, its options and one function. One command per file; program.ts lists them. */
import type { Clock } from '../../jobs/ports.js';
import type { Environment } from '../../edge/process/cloud-run.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { Argument, Given, Option } from '../option/option.js';

export interface Command {
  readonly name: string;
  /** One sentence, lower case: the line of `flowbars --help`. */
  readonly summary: string;
  readonly options: readonly Option<unknown>[];
  readonly argument?: Argument;
  readonly examples: readonly Example[];
  /** The command itself reacts to SIGINT and SIGTERM; all others are simply ended by them. */
  readonly stopsItself?: true;
  /** The command itself refuses texts that no option takes, by refuseUnreadable. */
  readonly refusesItself?: true;
  /** Returns the exit code (exit-code.ts); throws a FlowbarsError when it cannot go on. */
  readonly execute: (given: Given, world: World) => Promise<number>;
}

export interface Example {
  /** As typed, without the leading `flowbars`. */
  readonly line: string;
  readonly does: string;
}

/** What a command may touch besides the ports that it opens. */
export interface World {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Results alone. */
  readonly stdout: Terminal;
  /** Everything for a person: progress, notes, errors. */
  readonly stderr: Terminal;
  /** Settles when the process was asked to stop. */
  readonly stopped: Promise<StopSignal>;
}
