/** One line on what a raw root holds, for a run that found nothing. */
import { recordedText } from '../../core/recorded/recorded-text.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Store } from '../ports.js';
import { findRecordedDays, type RecordedSearch } from './recorded-days.js';

/** Throws nothing: the run has ended. */
export async function recordedLine(search: RecordedSearch, raw: Store): Promise<string> {
  try {
    const { days: asked } = await findRecordedDays(search, raw);
    const isOther = asked.length === 0 && search.symbols !== undefined;
    const { days } = isOther
      ? await findRecordedDays({ ...search, symbols: undefined }, raw)
      : { days: asked };
    return `recorded in ${raw.root}: ${recordedText(days)}`;
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    return `what ${raw.root} holds is unknown: ${error.message}`;
  }
}
