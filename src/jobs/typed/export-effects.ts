/** What an export works with, and what each piece of it gives. */
import type { ExportedFile, ExportedLeftOut } from '../../core/typed/export-document.js';
import type { ExportDay } from '../../core/typed/export-plan.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects, Store } from '../ports.js';

export interface ExportEffects extends Pick<Effects, 'out' | 'codec' | 'tables'> {
  /** Where to write; no part of `out`. */
  readonly into: Store;
}

/** What one piece of the work made, and what it could not make. */
export interface ExportPart {
  readonly files: readonly ExportedFile[];
  readonly leftOut: readonly ExportedLeftOut[];
}

/** Throws an error that is no fault of the day. */
export function damagedDay({ symbol, date }: ExportDay, error: unknown): ExportedLeftOut {
  if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
  return { symbol, date, reason: 'damaged', detail: error.message };
}
