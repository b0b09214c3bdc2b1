/** Why a source is not deployed: every refusal, each with its place. Collected first, thrown once. */

export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Problem extends Position {
  readonly reason: string;
}

export class DeployError extends Error {
  /** In the order of the source. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((at) => `main.yaml:${at.line}:${at.column}: ${at.reason}`).join('\n'));
    this.name = 'DeployError';
    this.problems = problems;
  }
}

/** Collects refusals, so that a writer sees them all at once. */
export class Refusals {
  private readonly problems = new Map<string, Problem>();

  refuse({ line, column }: Position, reason: string): void {
    this.problems.set(`${line}:${column}:${reason}`, { line, column, reason });
  }

  /** Throws if there is any. */
  throwIfAny(): void {
    const problems = [...this.problems.values()];
    if (problems.length === 0) return;
    throw new DeployError(problems.sort((a, b) => a.line - b.line || a.column - b.column));
  }
}
