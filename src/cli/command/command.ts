/**
 * What a command is: a name, its options and one function. One command per file; commands.ts lists them
 * all for every page, so the file of a command loads what does its work only when it is executed.
 */
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
  /** Those of the options without which the command cannot work. */
  readonly required?: readonly Requirement[];
  readonly argument?: Argument;
  readonly examples: readonly Example[];
  /** Its exit codes in words, `0 written; 1 …`, where they are not the usual ones. */
  readonly exitCodes?: string;
  /** The command handles SIGINT and SIGTERM itself; any other command just ends. */
  readonly stopsItself?: true;
  /** The command itself calls refuseUnreadable, which refuses malformed option values. */
  readonly refusesItself?: true;
  /** Returns the exit code (exit-code.ts); throws a FlowbarsError when it cannot go on. */
  readonly execute: (given: Given, world: World) => Promise<number>;
}

export interface Requirement {
  readonly option: Option<unknown>;
  /** Not required beside this option, or in a Cloud Run task, whose plan holds it. */
  readonly unless?: Option<unknown> | 'task';
}

export interface Example {
  /** As typed, without the leading `flowbars`. */
  readonly line: string;
  readonly does: string;
}

/** What a command may use besides the ports that it opens. */
export interface World {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Results only. */
  readonly stdout: Terminal;
  /** Everything for a person: progress, notes, errors. */
  readonly stderr: Terminal;
  /** Settles when the process is asked to stop. */
  readonly stopped: Promise<StopSignal>;
  /** Runs another command line in this process, in a world of its own, and returns its exit code. Throws only bugs. */
  readonly runHere?: (args: readonly string[], world: World) => Promise<number>;
}
