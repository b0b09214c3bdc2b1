/** Why a source is not deployed: all refusals, each with its place, collected first and thrown once. */

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Problem extends Position {
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

export class Refusals {
  private readonly problems = new Map<string, Problem>();

  refuse({ line, column }: Position, reason: string): void {
    this.problems.set(`${line}:${column}:${reason}`, { line, column, reason });
  }

  throwIfAny(): void {
    const problems = [...this.problems.values()];
    if (problems.length === 0) return;
    throw new DeployError(problems.sort((a, b) => a.line - b.line || a.column - b.column));
  }
}
