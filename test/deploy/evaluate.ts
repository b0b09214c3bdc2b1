/**
 * Evaluates variables.tf and locals.tf, which name no provider, by Terraform itself. Without terraform
 * the tests that need it are skipped, on CI too.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployFolder } from './hcl-text.js';

export type Values = Readonly<Record<string, unknown>>;

export interface Evaluated {
  /** By name of the expression; empty when the values are refused. */
  readonly results: Readonly<Record<string, unknown>>;
  /** Terraform's errors in one line; empty when it takes the values. */
  readonly refused: string;
}

/** Terraform's output as JSON. */
type Answer = Readonly<Record<string, { readonly value: unknown }>>;

/** The smallest deployment. */
export const LEAST: Values = {
  project: 'my-project',
  region: 'europe-west1',
  raw_bucket: 'my-recordings',
  out_bucket: 'my-bars',
};

export function terraformIsThere(): boolean {
  const isThere = spawnSync('terraform', ['version'], { stdio: 'ignore' }).error === undefined;
  if (!isThere) process.stderr.write('skipped: terraform is not on the PATH\n');
  return isThere;
}

/** Evaluates expressions under the values given, beside those of LEAST. */
export function evaluate(values: Values, expressions: Readonly<Record<string, string>>): Evaluated {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-deploy-'));
  try {
    for (const file of ['variables.tf', 'locals.tf']) {
      copyFileSync(join(deployFolder, file), join(folder, file));
    }
    const outputs = Object.entries(expressions).map(
      ([name, expression]) => `output "${name}" {\n  value = ${expression}\n}\n`,
    );
    writeFileSync(join(folder, 'asked.tf'), outputs.join(''));
    writeFileSync(join(folder, 'given.auto.tfvars.json'), JSON.stringify({ ...LEAST, ...values }));
    terraform(folder, 'init', '-backend=false');
    const { status, stderr } = terraform(folder, 'apply', '-auto-approve');
    if (status !== 0) {
      const refused = stderr.replaceAll(/[│╷╵]/g, ' ').replaceAll(/\s+/g, ' ');
      return { results: {}, refused };
    }
    const answer = JSON.parse(terraform(folder, 'output', '-json').stdout) as Answer;
    const results = Object.entries(answer).map(([name, { value }]) => [name, value] as const);
    return { results: Object.fromEntries(results), refused: '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function terraform(
  folder: string,
  command: string,
  ...flags: readonly string[]
): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env['PATH'], HOME: folder, CHECKPOINT_DISABLE: '1', TF_INPUT: '0' };
  const args = [command, ...flags, ...(command === 'output' ? [] : ['-no-color'])];
  const { error, ...result } = spawnSync('terraform', args, { cwd: folder, encoding: 'utf8', env });
  if (error !== undefined) throw error;
  return result;
}
