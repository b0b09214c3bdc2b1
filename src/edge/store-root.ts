/**
 * Opens the Store of a root: `gs://bucket/prefix`, else a folder. Also tells whether two roots overlap.
 * Uses no network.
 */
import { realpathSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { FlowbarsError, unreachable } from '../core/unit/errors.js';
import type { Store } from '../jobs/ports.js';
import { GOOGLE_ENDPOINT, parseEndpoint } from './gcs/gcs-endpoint.js';
import { GCS_LIMITS, shareOf } from './gcs/gcs-limits.js';
import type { GcsStore } from './gcs/gcs-store.js';
import { openLocalStore } from './local/local-store.js';

export interface StoreRootOptions {
  readonly gcsEndpoint?: string | undefined;
}

type StoreRoot = { readonly kind: 'folder'; readonly path: string } | GcsRoot;

interface GcsRoot {
  readonly kind: 'gcs';
  readonly bucket: string;
  readonly prefix: string;
}

const SCHEME_PATTERN = /^([A-Za-z][A-Za-z0-9+.-]+):\/\/(.*)$/s;
/** Google's main rule: 3 to 222 lower-case letters, digits, `-`, `_` and `.`. */
const BUCKET_PATTERN = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

export function openStore(uri: string, options: StoreRootOptions = {}): Store {
  const root = parseRoot(uri);
  switch (root.kind) {
    case 'folder':
      return openLocalStore(root.path);
    case 'gcs':
      return lazyGcsStore(root, parseEndpoint(options.gcsEndpoint ?? GOOGLE_ENDPOINT));
    default:
      return unreachable(root);
  }
}

/** Loads the SDK with the first request, so runs over folders and usage errors do not pay for it. */
function lazyGcsStore({ bucket, prefix }: GcsRoot, endpoint: string): Store {
  let opened: Promise<GcsStore> | undefined;
  const open = async (): Promise<GcsStore> =>
    await (opened ??= import('./gcs/gcs-store.js').then(({ openGcsStore }) =>
      openGcsStore({ bucket, prefix, endpoint }),
    ));
  const readBy = (readers: number): Pick<Store, 'readsAtOnce' | 'read'> => ({
    readsAtOnce: shareOf(GCS_LIMITS, readers).readsAtOnce,
    read: async (name, listed, allocate) =>
      await (await open()).asOneOf(readers).read(name, listed, allocate),
  });
  const store: Store = {
    root: prefix === '' ? `gs://${bucket}` : `gs://${bucket}/${prefix}`,
    ...readBy(1),
    asOneOf: (readers) => ({ ...store, ...readBy(readers) }),
    list: async (namePrefix) => await (await open()).list(namePrefix),
    folders: async (namePrefix) => await (await open()).folders(namePrefix),
    write: async (name, bytes, replaces) => await (await open()).write(name, bytes, replaces),
  };
  return store;
}

/** True if the roots are the same or one contains the other. */
export function rootsOverlap(one: string, other: string): boolean {
  const first = placeOf(parseRoot(one));
  const second = placeOf(parseRoot(other));
  return first.startsWith(second) || second.startsWith(first);
}

/**
 * How one root is reached from another, with `/`: `../aggregated`; empty for the same one. Undefined where no relative
 * link leads: between two buckets, and between a bucket and a folder.
 */
export function relativeRoot(from: string, to: string): string | undefined {
  const [first, second] = [parseRoot(from), parseRoot(to)];
  if (first.kind === 'gcs' || second.kind === 'gcs') {
    const isOneBucket =
      first.kind === 'gcs' && second.kind === 'gcs' && first.bucket === second.bucket;
    return isOneBucket ? posix.relative(`/${first.prefix}`, `/${second.prefix}`) : undefined;
  }
  return relative(placeOf(first), placeOf(second)).replaceAll(sep, '/');
}

function parseRoot(uri: string): StoreRoot {
  const [, scheme, rest = ''] = SCHEME_PATTERN.exec(uri) ?? [];
  if (scheme === undefined) {
    const isNoFolder = uri.trim() === '' || uri.includes('\0') || uri.startsWith('gs:');
    if (isNoFolder) throw refused(uri, `'${uri}'`);
    return { kind: 'folder', path: uri };
  }
  if (scheme !== 'gs') throw refused(uri, `scheme '${scheme}'`);
  const [bucket = '', ...segments] = rest.split('/');
  if (!BUCKET_PATTERN.test(bucket)) throw refused(uri, `bucket '${bucket}'`);
  const plain = segments.filter((segment) => segment !== '');
  const odd = plain.find((segment) => segment === '.' || segment === '..');
  if (odd !== undefined) throw refused(uri, `folder '${odd}'`);
  return { kind: 'gcs', bucket, prefix: plain.join('/') };
}

/** The real path of a root with a trailing separator, so that `a/bc` does not begin with `a/b`. */
function placeOf(root: StoreRoot): string {
  if (root.kind === 'gcs') {
    return `gs://${root.bucket}/${root.prefix === '' ? '' : `${root.prefix}/`}`;
  }
  const place = realPath(resolve(root.path));
  return place.endsWith(sep) ? place : place + sep;
}

/** Resolves links as far as the path exists; an output root often does not exist yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

function refused(uri: string, found: string): FlowbarsError {
  return new FlowbarsError('usage', {
    what: 'root',
    found,
    expected: 'a folder or gs://bucket/prefix',
    where: `'${uri}'`,
  });
}
