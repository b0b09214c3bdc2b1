/** Recorders as deploy/ makes them: the groups by Terraform on stand-ins, what their machine does, and the unit for systemd. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { recordCommand } from '../../src/cli/record/record.js';
import { PRICES } from '../../src/core/cost/prices.js';
import { isDictionary } from '../../src/core/unit/json.js';
import type { Values } from './evaluate.js';
import { deployFolder, deployText } from './hcl-text.js';
import { applyStandIns, standInsAreThere } from './stand-ins.js';

/** Seconds in which a recorder that is told to stop uploads what it has. */
const UPLOAD_GRACE_SECONDS = 20;
const UNIT = 'flowbars-recorder.service';
const IMAGE = `europe-west1-docker.pkg.dev/my-project/flowbars/flowbars@sha256:${'0a'.repeat(32)}`;
const TWO: Values = {
  image: IMAGE,
  recorder_zones: ['b', 'c'],
  recorder_symbols: ['BTCUSDT', 'ETHUSDT'],
};

describe.skipIf(!standInsAreThere())('an apply', () => {
  test('makes no recorder unless asked to', async () => {
    const { refused, resources } = await applyStandIns({ image: IMAGE });
    expect(refused).toBe('');
    expect(resources.size).toBeGreaterThan(10);
    const names = [...resources.keys()];
    expect(names.filter((name) => /compute|no_chunk|\.recorder/u.test(name))).toEqual([]);
  });

  test('makes one in each zone, with a disk of its own that outlives the machine', async () => {
    const { refused, resources } = await applyStandIns(TWO);
    expect(refused).toBe('');
    for (const zone of ['b', 'c']) {
      const group = resources.get(`google_compute_instance_group_manager.recorders[${zone}]`);
      expect(group).toMatchObject({
        name: `flowbars-recorder-${zone}`,
        zone: `europe-west1-${zone}`,
        target_size: 1,
        stateful_disk: [{ device_name: 'spool', delete_rule: 'NEVER' }],
        update_policy: [{ type: 'OPPORTUNISTIC', max_surge_fixed: 0 }],
      });
    }
    const template = resources.get('google_compute_instance_template.recorder[0]');
    expect(template).toMatchObject({
      machine_type: 'e2-small',
      metadata: {
        'flowbars-image': IMAGE,
        'user-data': deployText('recorder.yaml'),
        'flowbars-environment': [
          'FLOWBARS_CHUNK=1m',
          'FLOWBARS_METRICS=0.0.0.0:9464',
          'FLOWBARS_RAW=gs://my-recordings/raw',
          'FLOWBARS_SPOOL=/spool',
          'FLOWBARS_SPOOL_MAX=16',
          'FLOWBARS_STREAMS=both',
          'FLOWBARS_SYMBOLS=BTCUSDT,ETHUSDT',
          '',
        ].join('\n'),
      },
    });
  });

  test('hands over variables that the command takes', async () => {
    const { resources } = await applyStandIns(TWO);
    const template = resources.get('google_compute_instance_template.recorder[0]');
    const metadata = template?.['metadata'];
    const handed = isDictionary(metadata) ? String(metadata['flowbars-environment']) : '';
    const pairs = handed
      .trimEnd()
      .split('\n')
      .map((line) => line.split('='));
    expect(pairs.length).toBeGreaterThan(5);
    for (const [name = '', value = ''] of pairs) {
      const taken = recordCommand.options.find(({ env }) => env === name);
      expect(taken?.parse(value, name), name).toBeDefined();
    }
  });

  test('notices silence after ten minutes, or after more than an hour with chunks of an hour', async () => {
    expect(await silence({})).toMatchObject({
      conditions: [{ condition_absent: [{ duration: '600s' }] }],
    });
    expect(await silence({ recorder_chunk: '1h' })).toMatchObject({
      conditions: [{ condition_absent: [{ duration: '4500s' }] }],
    });
  });
});

describe('the unit for systemd', () => {
  const lines = settingsOf(deployText(UNIT));

  test('starts again for ever, and gives an upload its time', () => {
    expect(lines.get('Restart')).toEqual(['always']);
    expect(lines.get('StartLimitIntervalSec')).toEqual(['0']);
    expect(Number(lines.get('RestartSec'))).toBeGreaterThan(0);
    expect(Number(lines.get('TimeoutStopSec'))).toBeGreaterThan(UPLOAD_GRACE_SECONDS);
    expect(lines.get('ExecStart')?.[0]).toMatch(/flowbars record$/u);
  });

  test('keeps the spool in its own folder, which is all that it may write', () => {
    const [folder = ''] = lines.get('StateDirectory') ?? [];
    expect(lines.get('Environment')).toEqual([`FLOWBARS_SPOOL=/var/lib/${folder}`]);
    expect(lines.get('ProtectSystem')).toEqual(['strict']);
    expect(lines.get('DynamicUser')).toEqual(['yes']);
    expect(lines.get('NoNewPrivileges')).toEqual(['yes']);
    expect(lines.get('CapabilityBoundingSet')).toEqual(['']);
    // V8 writes machine code at run time.
    expect(lines.has('MemoryDenyWriteExecute')).toBe(false);
  });

  test.skipIf(!systemdIsThere())('is one that systemd takes', () => {
    // The program itself is not installed here.
    const here = deployText(UNIT).replace('/usr/local/bin/flowbars', '/bin/true');
    expect(verified(here)).toBe('');
    expect(verified(here.replace('RestartSec', 'RestartSeconds'))).toContain('RestartSeconds');
  });
});

describe("a recorder's machine", () => {
  const cloudConfig: unknown = parse(deployText('recorder.yaml'));
  const unit = unitIn(cloudConfig);

  test('is told so in a form that cloud-init knows', () => {
    expect(deployText('recorder.yaml')).toMatch(/^#cloud-config\n/u);
    expect(cloudConfig).toMatchObject({
      write_files: [{ path: `/etc/systemd/system/${UNIT}`, permissions: '0644' }],
    });
  });

  test('runs the image with the variables and the disk of its metadata', () => {
    const lines = settingsOf(unit);
    const [start = ''] = lines.get('ExecStart') ?? [];
    expect(start).toContain('--env-file=/run/flowbars.env');
    expect(start).toContain('--volume=/mnt/disks/spool:/spool');
    expect(start).toMatch(/" record'$/u);
    const names = [...unit.matchAll(/\$ATTRIBUTES\/([a-z-]+)/gu)].map(([, name = '']) => name);
    expect(names).toEqual(['flowbars-environment', 'flowbars-image']);
    const template = deployText('recorder.tf');
    for (const name of names) expect(template).toContain(`    ${name}`);
    expect(template).toContain('device_name  = "spool"');
    expect(unit).toContain('/dev/disk/by-id/google-spool');
  });

  test.for([
    [0, 'a device', ''],
    [2, 'a device', 'formatted'],
    [4, 'a device', ''],
    [8, 'a device', ''],
    [2, 'no device', ''],
  ] as const)(
    'formats its disk only where nothing is found on it: blkid exits %i for %s',
    ([status, device, done]) => {
      const commands = settingsOf(unit).get('ExecStartPre') ?? [];
      const command = commands.find((one) => one.includes('mkfs')) ?? '';
      const [, script = ''] = /^\/bin\/sh -c '(.*)'$/u.exec(command) ?? [];
      expect(script).toContain('blkid');
      const folder = mkdtempSync(join(tmpdir(), 'flowbars-disk-'));
      try {
        const spool = join(folder, 'spool');
        if (device === 'a device') writeFileSync(spool, device);
        const program = { mode: 0o755 };
        writeFileSync(join(folder, 'blkid'), `#!/bin/sh\nexit ${status}\n`, program);
        writeFileSync(join(folder, 'mkfs.ext4'), '#!/bin/sh\necho formatted\n', program);
        const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, SPOOL: spool };
        const text = script.replaceAll('$$', '$');
        const ran = spawnSync('/bin/sh', ['-c', text], { env, encoding: 'utf8' });
        expect(ran.stdout.trim()).toBe(done);
        expect(ran.status === 0).toBe(status === 0 || done === 'formatted');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  test('starts again for ever, and gives an upload its time', () => {
    const lines = settingsOf(unit);
    expect(lines.get('Restart')).toEqual(['always']);
    const stopSeconds = Number(/--time=(\d+)/u.exec(unit)?.[1]);
    expect(stopSeconds).toBeGreaterThan(UPLOAD_GRACE_SECONDS);
    expect(Number(lines.get('TimeoutStopSec'))).toBeGreaterThan(stopSeconds);
  });

  test.skipIf(!systemdIsThere())('has a unit that systemd takes', () => {
    expect(verified(unit.replaceAll('/usr/bin/docker', '/bin/true'))).toBe('');
  });
});

test('the prices of chunks are those of the table of prices', () => {
  const readme = readFileSync(join(deployFolder, 'README.md'), 'utf8');
  for (const [chunk, aDay] of [
    ['1m', 1_440],
    ['1h', 24],
  ] as const) {
    const objects = 500 * 2 * aDay;
    const usd = (objects * PRICES.classAOperation.usd).toFixed(2);
    const row = `| \`recorder_chunk = "${chunk}"\` | ${objects.toLocaleString('en-US')} | ${usd} |`;
    expect(readme).toContain(row);
  }
});

async function silence(values: Values): Promise<unknown> {
  const { resources } = await applyStandIns({ ...TWO, ...values });
  return resources.get('google_monitoring_alert_policy.no_chunk[0]');
}

/** Values by setting, in order. */
function settingsOf(unit: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const line of unit.split('\n')) {
    const [, name, value = ''] = /^([A-Za-z]+)=(.*)$/u.exec(line) ?? [];
    if (name !== undefined) settings.set(name, [...(settings.get(name) ?? []), value]);
  }
  return settings;
}

function unitIn(cloudConfig: unknown): string {
  const files: unknown = isDictionary(cloudConfig) ? cloudConfig['write_files'] : undefined;
  const file: unknown = Array.isArray(files) ? files[0] : undefined;
  const content = isDictionary(file) ? file['content'] : undefined;
  if (typeof content !== 'string') throw new Error('no unit in recorder.yaml');
  return content;
}

function systemdIsThere(): boolean {
  const isThere = spawnSync('systemd-analyze', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isThere) process.stderr.write('skipped: systemd-analyze is not on the PATH\n');
  return isThere;
}

/** What systemd says of a unit; empty for a good one. */
function verified(unit: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowbars-unit-'));
  try {
    const path = join(folder, UNIT);
    writeFileSync(path, unit);
    const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
      encoding: 'utf8',
    });
    // It may also say something of units of this machine, and of those that another one has.
    const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes(UNIT));
    return said.filter((line) => !/Unit (?:docker|gcr-online)/u.test(line)).join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
