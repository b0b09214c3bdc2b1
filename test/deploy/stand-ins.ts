/**
 * The whole of deploy/ applied by Terraform itself, with a stand-in for each of Google's resources that
 * holds the same arguments and does nothing. It shows order, cycles, expressions and what each argument
 * comes to. What Google would say to it is not shown.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDictionary } from '../../src/core/unit/json.js';
import { installPackages } from '../support/deploy/packages.js';
import { LEAST, terraformIsThere, type Values } from './evaluate.js';
import { deployFolder } from './hcl-text.js';

type Dictionary = Readonly<Record<string, unknown>>;

export interface Applied {
  readonly outputs: Dictionary;
  /** Arguments by address, such as `google_storage_bucket.raw[0]`. */
  readonly resources: ReadonlyMap<string, Dictionary>;
  /** What terraform refuses; empty when it has applied everything. */
  readonly refused: string;
}

interface Hcl2json {
  parse(fileName: string, source: string): Promise<Dictionary>;
}

/** What Google makes of a resource and others refer to, out of its own arguments (in capitals). */
const COMPUTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  google_artifact_registry_repository: { name: 'REPOSITORY_ID' },
  google_cloud_run_v2_job: { id: 'projects/${var.project}/locations/LOCATION/jobs/NAME' },
  google_monitoring_notification_channel: { id: 'projects/${var.project}/notificationChannels/1' },
  google_project_iam_custom_role: { id: 'projects/${var.project}/roles/ROLE_ID' },
  google_service_account: {
    email: 'ACCOUNT_ID@${var.project}.iam.gserviceaccount.com',
    id: 'projects/${var.project}/serviceAccounts/ACCOUNT_ID@${var.project}.iam.gserviceaccount.com',
    member: 'serviceAccount:ACCOUNT_ID@${var.project}.iam.gserviceaccount.com',
    name: 'projects/${var.project}/serviceAccounts/ACCOUNT_ID@${var.project}.iam.gserviceaccount.com',
  },
  google_storage_bucket: { url: 'gs://NAME' },
  google_workflows_workflow: { id: 'projects/${var.project}/locations/REGION/workflows/NAME' },
};
/** These name nothing of Google's. */
const AS_THEY_ARE = ['variables.tf', 'locals.tf'];
const META = ['count', 'for_each', 'depends_on', 'lifecycle'];
const CHECK_PACKAGE = join(deployFolder, 'check/package.json');

/** Whether stand-ins can be made here; says why not, and on CI throws it. */
export function standInsAreThere(): boolean {
  const installed = installPackages(join(deployFolder, 'check'));
  if (!('reason' in installed)) return terraformIsThere();
  if ((process.env['CI'] ?? '') !== '') throw new Error(installed.reason);
  process.stderr.write(`skipped: ${installed.reason}\n`);
  return false;
}

export async function applyStandIns(values: Values): Promise<Applied> {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-apply-'));
  try {
    // The module looks for the workflow beside itself.
    const root = join(folder, 'deploy');
    for (const file of ['deploy/watch.yaml', 'workflows/flowbars.yaml']) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(deployFolder, '..', file), join(folder, file));
    }
    for (const file of globSync('*.tf', { cwd: deployFolder })) {
      if (file === 'versions.tf') continue;
      if (AS_THEY_ARE.includes(file)) copyFileSync(join(deployFolder, file), join(root, file));
      else writeFileSync(join(root, `${file}.json`), JSON.stringify(await standIns(file)));
    }
    writeFileSync(join(root, 'given.auto.tfvars.json'), JSON.stringify({ ...LEAST, ...values }));
    terraform(root, 'init', '-no-color', '-backend=false');
    const { status, stderr } = terraform(root, 'apply', '-no-color', '-auto-approve');
    if (status !== 0) return { outputs: {}, resources: new Map(), refused: stderr };
    return { ...readState(root), refused: '' };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readState(root: string): Omit<Applied, 'refused'> {
  const state = JSON.parse(readFileSync(join(root, 'terraform.tfstate'), 'utf8')) as {
    readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
    readonly resources: readonly {
      readonly name: string;
      readonly instances: readonly {
        readonly index_key?: string | number;
        readonly attributes: { readonly input: { readonly value: Dictionary } | null };
      }[];
    }[];
  };
  const resources = new Map<string, Dictionary>();
  for (const { name, instances } of state.resources) {
    for (const { index_key: key, attributes } of instances) {
      const index = key === undefined ? '' : `[${key}]`;
      const address = `${name.replace('__', '.')}${index}`;
      if (attributes.input !== null) resources.set(address, attributes.input.value);
    }
  }
  const outputs = Object.entries(state.outputs).map(([name, { value }]) => [name, value] as const);
  return { outputs: Object.fromEntries(outputs), resources };
}

async function standIns(file: string): Promise<Dictionary> {
  const converter = createRequire(CHECK_PACKAGE)('@cdktf/hcl2json') as Hcl2json;
  const json = await converter.parse(file, readFileSync(join(deployFolder, file), 'utf8'));
  const resources: Record<string, unknown> = {};
  for (const [type, byName] of Object.entries(dictionary(json['resource']))) {
    for (const [name, bodies] of Object.entries(dictionary(byName))) {
      const body = dictionary(Array.isArray(bodies) ? bodies[0] : undefined);
      const isBuiltIn = type === 'terraform_data';
      resources[isBuiltIn ? name : `${type}__${name}`] = isBuiltIn
        ? quiet(body)
        : standIn(type, body);
    }
  }
  const others = Object.entries(json).filter(([kind]) => kind !== 'resource');
  const all: Record<string, unknown> = Object.fromEntries(others);
  if (Object.keys(resources).length > 0) all['resource'] = { terraform_data: resources };
  return JSON.parse(redirected(JSON.stringify(all))) as Dictionary;
}

/** Nothing waits for services here. */
function quiet(body: Dictionary): Dictionary {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'provisioner'));
}

function standIn(type: string, body: Dictionary): Dictionary {
  const meta: Record<string, unknown> = {};
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    if (META.includes(key)) meta[key] = key === 'depends_on' ? bare(value) : value;
    else if (key !== 'dynamic') input[key] = expanded(value);
  }
  Object.assign(input, expanded({ dynamic: body['dynamic'] }));
  for (const [key, form] of Object.entries(COMPUTED[type] ?? {})) {
    input[key] = form.replaceAll(/[A-Z][A-Z_]+/g, (name) => String(body[name.toLowerCase()]));
  }
  return { ...meta, input };
}

/** Dynamic blocks as what they come to, a list beside that of the plain blocks. */
function expanded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => expanded(each));
  if (!isDictionary(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'dynamic');
  const plain = Object.fromEntries(entries.map(([name, each]) => [name, expanded(each)]));
  for (const [name, blocks] of Object.entries(dictionary(value['dynamic']))) {
    if (!Array.isArray(blocks)) continue;
    plain[`dynamic_${name}`] = blocks.map((block: unknown) => {
      const { for_each: forEach, content } = dictionary(block);
      const body = Array.isArray(content) ? expanded(content[0]) : {};
      const items = `[for key, value in ${expression(forEach)} : { key = key, value = value }]`;
      return `\${[for ${name} in ${items} : ${expression(body)}]}`;
    });
  }
  return plain;
}

/** A value of hcl2json as Terraform would write it inside of an expression. */
function expression(value: unknown): string {
  if (typeof value === 'string') {
    const whole = /^\$\{([^]*)\}$/.exec(value)?.[1];
    return whole ?? JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((each) => expression(each)).join(', ')}]`;
  if (!isDictionary(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${name} = ${expression(each)}`);
  return `{ ${members.join(', ')} }`;
}

/** References to a resource become references to what its stand-in holds. */
function redirected(json: string): string {
  return json
    .replaceAll(
      /\b(google_[a-z0-9_]+)\.([a-z_]+)((?:\[[^\]]*\])*)\.([a-z_]+)/g,
      'terraform_data.$1__$2$3.output.$4',
    )
    .replaceAll(/(?<![.a-z_])(google_[a-z0-9_]+)\.([a-z_]+)/g, 'terraform_data.$1__$2')
    .replaceAll(/\b(each_service)\.(service)\b|\b(channel)\.(id)\b/g, (all) =>
      all.replace('.', '.output.'),
    );
}

/** `${x}` as `x`. */
function bare(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((each: unknown) =>
    typeof each === 'string' ? each.replaceAll(/^\$\{|\}$/g, '') : each,
  );
}

function dictionary(value: unknown): Dictionary {
  return isDictionary(value) ? value : {};
}

function terraform(
  folder: string,
  ...args: readonly string[]
): { status: number | null; stderr: string } {
  const env = { PATH: process.env['PATH'], HOME: folder, CHECKPOINT_DISABLE: '1', TF_INPUT: '0' };
  const { error, status, stderr } = spawnSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  if (error !== undefined) throw error;
  return { status, stderr };
}
