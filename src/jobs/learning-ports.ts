/** The seams of learning, as ports.ts has the others: the process that trains and judges models. */

/** How a process ended. */
export interface TrainerEnd {
  /** Undefined if a signal ended it, or if it could not be started. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

export interface RunningTrainer {
  /** Settles when it has ended and its last line was given; never rejects. */
  readonly ended: Promise<TrainerEnd>;
  /** Asks it to end. */
  readonly stop: () => void;
  /** Ends it. */
  readonly kill: () => void;
}

/** Takes the lines of a process. */
export interface TrainerLines {
  readonly onStdout: (line: string) => void;
  readonly onStderr: (line: string) => void;
}

/** Python with the libraries that train models. */
export interface Trainer {
  /** The program, for messages. */
  readonly program: string;
  /** Starts it with this text on its standard input. */
  start(request: string, lines: TrainerLines): RunningTrainer;
}
