/** Suggests an existing folder for a path that does not exist. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { closestName } from '../../core/unit/closest-name.js';

/** The path with one misspelt name replaced by that of the closest folder beside it; undefined if none is close. */
export function nearestFolder(path: string): string | undefined {
  const parent = dirname(path);
  if (parent === path) return undefined;
  if (isFolder(parent)) {
    const closest = closestName(basename(path), foldersOf(parent));
    return closest === undefined ? undefined : join(parent, closest);
  }
  const nearest = nearestFolder(parent);
  const whole = nearest === undefined ? undefined : join(nearest, basename(path));
  return whole !== undefined && isFolder(whole) ? whole : undefined;
}

function foldersOf(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
