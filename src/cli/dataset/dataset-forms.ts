/** Parsers of the option values of `flowbars dataset`. */
import { quoted, refuse } from '../../core/unit/typed-text.js';

export const LABEL_WORDS = ['fixed', 'triple-barrier'] as const;

/** Basis points of the entry, or what it is made of. */
export type AskedDeadZone = number | 'spread' | 'cost';

const BPS = /^(?:0|[1-9]\d{0,3})(?:\.\d{1,4})?$/u;

export function parseDeadZone(text: string, where: string): AskedDeadZone {
  if (text === 'spread' || text === 'cost') return text;
  if (BPS.test(text)) return Number(text);
  return refuse(where, 'dead zone', quoted(text), "basis points such as 2.5, 'spread' or 'cost'");
}
