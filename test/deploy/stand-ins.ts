/**
 * Applies all of deploy/ by Terraform itself. A stand-in for each of Google's resources and data sources
 * holds the same arguments and does nothing. This shows order, cycles and the value of each argument, but
 * not what Google would refuse.
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
import { projectRoot } from '../support/workdir.js';
import { LEAST, terraformIsThere, type Values } from './evaluate.js';
import { deployFolder } from './hcl-text.js';

type Dictionary = Readonly<Record<string, unknown>>;

export interface Applied {
  readonly outputs: Dictionary;
  /** Arguments by address, such as `google_storage_bucket.raw[0]`. */
  readonly resources: ReadonlyMap<string, Dictionary>;
  /** Terraform's errors; empty when it has applied everything. */
  readonly refused: string;
  /** Its warnings in one line. */
  readonly warned: string;
}

/** Facts that only Google knows. */
export interface Known {
  /** The raw bucket's location, as Cloud Storage answers. */
  readonly rawLocation?: string;
  /** The two regions of a custom dual-region. */
  readonly rawRegions?: readonly string[];
}

interface Hcl2json {
  parse(fileName: string, source: string): Promise<Dictionary>;
}

/** Computed attributes that other resources refer to, made from the resource's arguments (in capitals). */
const COMPUTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  data__google_storage_project_service_account: {
    email_address: 'service-1@gs-project-accounts.iam.gserviceaccount.com',
  },
  google_artifact_registry_repository: { name: 'REPOSITORY_ID' },
  google_cloud_run_v2_job: { id: 'projects/${var.project}/locations/LOCATION/jobs/NAME' },
  google_compute_health_check: { id: 'projects/${var.project}/global/healthChecks/NAME' },
  google_compute_instance_template: { id: 'projects/${var.project}/global/instanceTemplates/1' },
  google_compute_network: { id: 'projects/${var.project}/global/networks/NAME' },
  google_compute_subnetwork: { id: 'projects/${var.project}/regions/REGION/subnetworks/NAME' },
  google_monitoring_notification_channel: { id: 'projects/${var.project}/notificationChannels/1' },
  google_project_service_identity: { email: 'service-1@SERVICE.iam.gserviceaccount.com' },
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
/** Resources without a counterpart at Google. */
const AS_THEY_ARE = ['variables.tf', 'locals.tf'];
const META = ['count', 'for_each', 'depends_on', 'lifecycle'];
/** Blocks left out here, since nothing was deployed before. */
const LEFT_OUT = ['resource', 'data', 'moved', 'check'];
const CHECK_FOLDER = join(projectRoot, 'test/support/deploy');

/** Whether stand-ins can be made here. If not, prints the reason, or throws it on CI. */
export function standInsAreThere(): boolean {
  const installed = installPackages(CHECK_FOLDER);
  if (!('reason' in installed)) return terraformIsThere();
  if ((process.env['CI'] ?? '') !== '') throw new Error(installed.reason);
  process.stderr.write(`skipped: ${installed.reason}\n`);
  return false;
}

export async function applyStandIns(values: Values, known: Known = {}): Promise<Applied> {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-apply-'));
  try {
    // The module reads these, the workflow from a path beside itself.
    const root = join(folder, 'deploy');
    for (const file of ['deploy/recorder.yaml', 'deploy/watch.yaml', 'workflows/flowbars.yaml']) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(deployFolder, '..', file), join(folder, file));
    }
    for (const file of globSync('*.tf', { cwd: deployFolder })) {
      if (file === 'versions.tf') continue;
      if (AS_THEY_ARE.includes(file)) copyFileSync(join(deployFolder, file), join(root, file));
      else writeFileSync(join(root, `${file}.json`), JSON.stringify(await standIns(file, known)));
    }
    writeFileSync(join(root, 'given.auto.tfvars.json'), JSON.stringify({ ...LEAST, ...values }));
    terraform(root, 'init', '-no-color', '-backend=false');
    const { status, stdout, stderr } = terraform(root, 'apply', '-no-color', '-auto-approve');
    const [, ...warnings] = stdout.replaceAll(/[│╷╵]/g, ' ').split('Warning: ');
    const warned = warnings.join('').replaceAll(/\s+/g, ' ');
    if (status !== 0) return { outputs: {}, resources: new Map(), refused: stderr, warned };
    return { ...readState(root), refused: '', warned };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readState(root: string): Pick<Applied, 'outputs' | 'resources'> {
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

async function standIns(file: string, known: Known): Promise<Dictionary> {
  const converter = createRequire(join(CHECK_FOLDER, 'package.json'))(
    '@cdktf/hcl2json',
  ) as Hcl2json;
  const json = await converter.parse(file, readFileSync(join(deployFolder, file), 'utf8'));
  const resources: Record<string, unknown> = {};
  for (const [type, name, body] of labelled(json['resource'])) {
    if (type === 'terraform_data') resources[name] = quiet(body);
    else resources[`${type}__${name}`] = standIn(type, body);
  }
  const checks = Object.entries(dictionary(json['check'])).map(([name, bodies]) => {
    return [name, dictionary(Array.isArray(bodies) ? bodies[0] : undefined)] as const;
  });
  for (const source of [json, ...checks.map(([, body]) => body)]) {
    for (const [type, name, body] of labelled(source['data'])) {
      const input = type === 'google_storage_bucket' ? { ...body, ...bucketOf(known) } : body;
      resources[`data__${type}__${name}`] = standIn(`data__${type}`, input);
    }
  }
  const others = Object.entries(json).filter(([kind]) => !LEFT_OUT.includes(kind));
  const all: Record<string, unknown> = Object.fromEntries(others);
  if (Object.keys(resources).length > 0) all['resource'] = { terraform_data: resources };
  if (checks.length > 0) {
    all['check'] = Object.fromEntries(checks.map(([name, { assert }]) => [name, { assert }]));
  }
  return JSON.parse(redirected(JSON.stringify(all))) as Dictionary;
}

/** Blocks of two labels: [type, name, body]. */
function labelled(blocks: unknown): [string, string, Dictionary][] {
  return Object.entries(dictionary(blocks)).flatMap(([type, byName]) =>
    Object.entries(dictionary(byName)).map(([name, bodies]): [string, string, Dictionary] => [
      type,
      name,
      dictionary(Array.isArray(bodies) ? bodies[0] : undefined),
    ]),
  );
}

function bucketOf({ rawLocation = 'EUROPE-WEST1', rawRegions }: Known): Dictionary {
  const placement = rawRegions === undefined ? [] : [{ data_locations: rawRegions }];
  return { location: rawLocation, custom_placement_config: placement };
}

/** Nothing waits for services here. */
function quiet(body: Dictionary): Dictionary {
  const kept = Object.entries(body).filter(([name]) => name !== 'provisioner');
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'depends_on' ? bare(value) : value]),
  );
}

function standIn(type: string, body: Dictionary): Dictionary {
  const meta: Record<string, unknown> = {};
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    if (META.includes(key)) meta[key] = key === 'depends_on' ? bare(value) : value;
    else if (key !== 'dynamic' && key !== 'provider') input[key] = expanded(value);
  }
  Object.assign(input, expanded({ dynamic: body['dynamic'] }));
  for (const [key, form] of Object.entries(COMPUTED[type] ?? {})) {
    input[key] = form.replaceAll(/[A-Z][A-Z_]+/g, (name) => String(body[name.toLowerCase()]));
  }
  return { ...meta, input };
}

/** Evaluates dynamic blocks to a list beside that of the plain blocks. */
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

/** A value of hcl2json as an expression of Terraform. */
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

/** Turns references to a resource into references to its stand-in. */
function redirected(json: string): string {
  return json
    .replaceAll(
      /\bdata\.(google_[a-z0-9_]+)\.([a-z_]+)(\[\d+\])?/g,
      'terraform_data.data__$1__$2$3.output',
    )
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
): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env['PATH'], HOME: folder, CHECKPOINT_DISABLE: '1', TF_INPUT: '0' };
  const { error, status, stdout, stderr } = spawnSync('terraform', args, {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}
