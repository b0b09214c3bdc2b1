/**
 * Replays a Dockerfile without Docker: each stage is an empty folder, COPY copies what .dockerignore
 * lets through, RUN runs in a shell there. It ignores base images and refuses unknown instructions.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface ReplayedImage {
  readonly base: string;
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  /** The program and its first arguments, their paths below `root`. */
  readonly entrypoint: readonly string[];
  /** What was copied from the context, in order. */
  readonly copied: readonly string[];
  /** The RUN commands of all stages. */
  readonly commands: readonly string[];
}

interface Stage {
  readonly base: string;
  readonly name: string;
  readonly root: string;
  readonly env: Record<string, string>;
  readonly args: Record<string, string>;
  workdir: string;
  user: string;
  entrypoint: readonly string[];
}

const run = promisify(execFile);

export async function replayDockerfile(
  context: string,
  folder: string,
  buildArgs: Readonly<Record<string, string>>,
): Promise<ReplayedImage> {
  const visible = visibleNames(join(context, '.dockerignore'));
  const stages: Stage[] = [];
  const copied: string[] = [];
  const commands: string[] = [];
  const globals = new Map<string, string>();
  for (const { instruction, rest } of instructionsOf(join(context, 'Dockerfile'))) {
    if (instruction === 'ARG' && stages.length === 0) {
      const [name, standard = ''] = pairOf(rest);
      globals.set(name, buildArgs[name] ?? standard);
      continue;
    }
    if (instruction === 'FROM') {
      const filled = rest.replace(/^\$(\w+)/, (_, arg: string) => globals.get(arg) ?? '');
      stages.push(newStage(filled, join(folder, `stage-${stages.length}`)));
      continue;
    }
    const stage = stages.at(-1) ?? refuse(`${instruction} before FROM`);
    switch (instruction) {
      case 'ARG': {
        const [name, standard = ''] = pairOf(rest);
        stage.args[name] = buildArgs[name] ?? standard;
        break;
      }
      case 'ENV': {
        const [name, value = ''] = pairOf(rest);
        stage.env[name] = value.replace(/^\$(\w+)$/, (_, arg: string) => stage.args[arg] ?? '');
        break;
      }
      case 'WORKDIR':
        stage.workdir = rest;
        mkdirSync(join(stage.root, rest), { recursive: true });
        break;
      case 'COPY':
        copied.push(...copy(rest, { stage, stages, context, visible }));
        break;
      case 'RUN':
        commands.push(rest);
        await runIn(stage, rest);
        break;
      case 'USER':
        stage.user = rest;
        break;
      case 'ENTRYPOINT':
        stage.entrypoint = jsonTexts(rest);
        break;
      default:
        refuse(`instruction ${instruction}`);
    }
  }
  const { base, root, env, user, entrypoint } = stages.at(-1) ?? refuse('no stage');
  const placed = entrypoint.map((part) => (part.startsWith('/') ? join(root, part) : part));
  return { base, root, env, user, entrypoint: placed, copied, commands };
}

function instructionsOf(path: string): { instruction: string; rest: string }[] {
  return readFileSync(path, 'utf8')
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, instruction = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      return { instruction, rest: rest.trim() };
    });
}

/** Reads the form of this project's file: all is left out except the named paths. */
function visibleNames(path: string): readonly string[] {
  const [first, ...names] = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (first !== '*' || !names.every((name) => name.startsWith('!'))) refuse(`the form of ${path}`);
  return names.map((name) => name.slice(1));
}

function newStage(rest: string, root: string): Stage {
  const [, base = '', name = ''] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest) ?? [];
  mkdirSync(root, { recursive: true });
  return { base, name, root, env: {}, args: {}, workdir: '/', user: 'root', entrypoint: [] };
}

/** Gives the names copied from the context. */
function copy(
  rest: string,
  place: {
    readonly stage: Stage;
    readonly stages: readonly Stage[];
    readonly context: string;
    readonly visible: readonly string[];
  },
): string[] {
  const { stage, stages, context, visible } = place;
  const [, from, paths = ''] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(rest) ?? [];
  const names = paths.split(/\s+/);
  const target = names.pop() ?? '';
  const source = from === undefined ? context : stages.find(({ name }) => name === from)?.root;
  if (source === undefined) return refuse(`stage ${from}`);
  for (const name of names) {
    if (from === undefined && !visible.includes(name)) refuse(`${name}, which is ignored,`);
    const path = join(source, name);
    if (!existsSync(path)) refuse(`no ${path}`);
    const placed = join(stage.root, target.startsWith('/') ? '' : stage.workdir, target);
    const isInto = target.endsWith('/') && statSync(path).isFile();
    const destination = isInto ? join(placed, basename(name)) : placed;
    mkdirSync(dirname(destination), { recursive: true });
    cpSync(path, destination, { recursive: true, verbatimSymlinks: true });
  }
  return from === undefined ? names : [];
}

async function runIn(stage: Stage, command: string): Promise<void> {
  const { HOME = '', PATH = '', NODE_EXTRA_CA_CERTS } = process.env;
  // The image's Node is the pinned one. npm uses its cache, and this machine's certificates for what that lacks.
  const machine = {
    HOME,
    PATH: `${dirname(process.execPath)}${delimiter}${PATH}`,
    ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }),
  };
  const env = { ...machine, npm_config_prefer_offline: 'true', ...stage.env };
  await run('/bin/sh', ['-e', '-c', command], { cwd: join(stage.root, stage.workdir), env });
}

function pairOf(rest: string): [string, string?] {
  const [, name = '', value] =
    /^(\w+)(?:="?([^"]*)"?)?$/.exec(rest) ?? refuse(`the form of ${rest}`);
  return value === undefined ? [name] : [name, value];
}

function jsonTexts(text: string): string[] {
  const value: unknown = JSON.parse(text);
  const parts: readonly unknown[] = Array.isArray(value) ? value : refuse(`entry point ${text}`);
  return parts.map(String);
}

function refuse(found: string): never {
  throw new Error(`Dockerfile: found ${found}, expected an instruction that this replay knows`);
}
