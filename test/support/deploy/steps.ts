/** The parts of the check. Each gives its findings and one line on what it looked at. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { checkModule } from './module/check-module.js';
import { findingText } from './finding.js';
import { installFromPyPi } from '../frame/python-packages.js';
import { installPackages } from './packages.js';
import { installTypings } from './typings.js';

export type Outcome =
  | { readonly kind: 'done'; readonly saw: string; readonly findings: readonly string[] }
  /** Counts as a finding on CI. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** Left out on purpose, on every machine. */
  | { readonly kind: 'absent'; readonly reason: string };

export type Step = (folder: string) => Promise<Outcome>;

const STEP_MS_MAX = 5 * 60 * 1000;
const here = import.meta.dirname;

/** Layout of the files, by terraform fmt. */
async function checkFormat(folder: string): Promise<Outcome> {
  const args = ['fmt', '-check', '-list=true', '-recursive', '-no-color'];
  const { error, status, stdout, stderr } = run('terraform', args, folder);
  if (error !== undefined) return { kind: 'absent', reason: 'terraform is not on the PATH' };
  const files = stdout.split('\n').filter((line) => line !== '');
  if (status !== 0 && files.length === 0) files.push(stderr.trim());
  const findings = files.map((file) => `${file}: found another layout, expected terraform fmt's`);
  return { kind: 'done', saw: `${globSync('**/*.tf', { cwd: folder }).length} files`, findings };
}

/** By the schema of the oldest provider that versions.tf allows. */
async function checkOldest(folder: string): Promise<Outcome> {
  return await checkTypes(folder, installPackages(here), '@cdktf/provider-google');
}

/** By the schema of the newest. */
async function checkNewest(folder: string): Promise<Outcome> {
  // The parser and hcl2json are npm packages.
  const packages = installPackages(here);
  return await checkTypes(folder, 'reason' in packages ? packages : installTypings(here), '.');
}

/** Names, types and references, by the provider's published schema. */
async function checkTypes(
  folder: string,
  typings: ReturnType<typeof installTypings>,
  name: string,
): Promise<Outcome> {
  if ('reason' in typings) return { kind: 'skipped', reason: typings.reason };
  const { ProviderSchema } = await import('./provider-schema.js');
  const schema = new ProviderSchema(join(typings.path, name));
  const values = globSync('*.tfvars.example', { cwd: folder });
  const functions = terraformFunctions(folder);
  const { findings, resources, blocks, attributes, references } = await checkModule(folder, {
    schema,
    values,
    functions,
  });
  const saw =
    `${resources} resources, ${blocks} blocks, ${attributes} attributes and ${references} references ` +
    `against google ${schema.version}${functions === undefined ? ', functions unchecked' : ''}`;
  return { kind: 'done', saw, findings: findings.map(findingText) };
}

/** Security rules, by checkov. Each exception stands beside its resource, with a reason. */
async function checkSecurity(folder: string): Promise<Outcome> {
  const installed = installFromPyPi(here);
  if ('reason' in installed) return { kind: 'skipped', reason: installed.reason };
  const values = ['--var-file', join(here, 'everything.tfvars')];
  const flags = [
    ...values,
    '--framework',
    'terraform',
    '--compact',
    '--skip-download',
    '--output',
    'json',
  ];
  const checkov = join(installed.path, 'checkov');
  const { error, stdout, stderr } = run(checkov, ['--directory', '.', ...flags], folder);
  const report = error === undefined ? readReport(stdout) : undefined;
  if (report === undefined) {
    const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no report';
    return { kind: 'skipped', reason: `checkov: ${reason}` };
  }
  const { passed, skipped, failed } = report;
  return { kind: 'done', saw: `${passed} passed, ${skipped} excepted`, findings: failed };
}

/** The shell scripts, by shellcheck. */
async function checkScripts(folder: string): Promise<Outcome> {
  const installed = installFromPyPi(here);
  if ('reason' in installed) return { kind: 'skipped', reason: installed.reason };
  const files = globSync('*.sh', { cwd: folder }).sort();
  const args = ['--norc', '--format=gcc', ...files];
  const { error, stdout } = run(join(installed.path, 'shellcheck'), args, folder);
  if (error !== undefined) return { kind: 'skipped', reason: `shellcheck: ${error.message}` };
  const findings = stdout.split('\n').filter((line) => line !== '');
  if (files.length === 0) findings.push('scripts: found none, expected build.sh');
  return { kind: 'done', saw: files.join(', '), findings };
}

export const STEPS: ReadonlyMap<string, Step> = new Map([
  ['format', checkFormat],
  ['types', checkOldest],
  ['newest', checkNewest],
  ['security', checkSecurity],
  ['scripts', checkScripts],
]);

function terraformFunctions(folder: string): ReadonlySet<string> | undefined {
  const { error, status, stdout } = run('terraform', ['metadata', 'functions', '-json'], folder);
  if (error !== undefined || status !== 0) return undefined;
  const { function_signatures: signatures } = JSON.parse(stdout) as {
    readonly function_signatures: Readonly<Record<string, unknown>>;
  };
  return new Set(Object.keys(signatures));
}

interface CheckovReport {
  readonly summary: {
    readonly passed: number;
    readonly skipped: number;
    readonly parsing_errors: number;
  };
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
      readonly file_line_range: readonly [number, number];
    }[];
    readonly skipped_checks: readonly {
      readonly check_id: string;
      readonly resource: string;
      readonly file_path: string;
      readonly check_result: { readonly suppress_comment?: string };
    }[];
    readonly parsing_errors: readonly string[];
  };
}

function readReport(
  stdout: string,
): { passed: number; skipped: number; failed: string[] } | undefined {
  let report: Partial<CheckovReport>;
  try {
    report = JSON.parse(stdout) as Partial<CheckovReport>;
  } catch {
    return undefined;
  }
  const { summary, results } = report;
  if (summary === undefined || results === undefined) return undefined;
  const failed = results.failed_checks.map((each) => {
    const place = `${each.file_path.slice(1)}:${each.file_line_range[0]}: ${each.resource}`;
    return `${place}: found a breach of ${each.check_id}, expected: ${each.check_name}`;
  });
  const mute = results.skipped_checks.filter((each) => {
    return (each.check_result.suppress_comment ?? '').trim().length < 20;
  });
  failed.push(
    ...mute.map((each) => {
      const place = `${each.file_path.slice(1)}: ${each.resource}`;
      return `${place}: found an exception from ${each.check_id} without a reason, expected one after the colon`;
    }),
    ...results.parsing_errors.map(
      (file) => `${file}: found text that checkov cannot parse, expected HCL`,
    ),
  );
  if (summary.passed === 0) failed.push('checkov: found nothing to check, expected resources');
  return { passed: summary.passed, skipped: summary.skipped, failed };
}

function run(
  command: string,
  args: readonly string[],
  folder: string,
): { error: Error | undefined; status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: '', CHECKPOINT_DISABLE: '1' };
  const options = { cwd: folder, encoding: 'utf8', timeout: STEP_MS_MAX, env } as const;
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    ...options,
    maxBuffer: 64_000_000,
  });
  return { error, status, stdout, stderr };
}
