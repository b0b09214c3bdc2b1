/**
 * The rules of a symbol-day as the texts of their options: reading them back gives the same rules, so
 * that a run can be told to compute a day as it was published.
 */
import type { DayOptions } from '../../core/rule/day-rules.js';
import { formatDecimal } from '../../core/unit/decimal.js';
import { isoStampMs, SECOND_MS } from '../../core/unit/utc-date.js';
import type { Option } from './option.js';
import * as options from './options.js';

/** Decimals that the options of shares and seconds take. */
const OPTION_DECIMALS = 15;

type OptionText = readonly [option: Option<unknown>, text: string];

/** By the names of the options, as the plan of a run holds them. */
export function ruleOptions(rules: DayOptions): Record<string, string> {
  return Object.fromEntries(ruleTexts(rules).map(([{ name }, text]) => [name, text]));
}

/** The same as a person types it, without what is the default anyway: `--streams trades --sparse-trades`. */
export function ruleWords(rules: DayOptions): string {
  return ruleTexts(rules)
    .filter(([{ defaultText }, text]) => text !== defaultText)
    .map(([{ name, isFlag }, text]) => (isFlag === true ? `--${name}` : `--${name} ${text}`))
    .join(' ');
}

function ruleTexts(rules: DayOptions): OptionText[] {
  const { expect } = rules;
  const texts: OptionText[] = [
    [options.resolutionsOption, rules.resolutions.map(({ name }) => name).join(',')],
    [options.streamsOption, rules.streams],
    [options.rawLayoutOption, rules.rawLayout],
    [options.sparseTradesOption, String(rules.sparseTrades)],
    [options.edgeMinutesOption, String(rules.edgeMinutes)],
    [options.seedMinutesOption, String(rules.seedMinutes)],
    [options.holeMinMsOption, plainNumber(rules.holeMinMs / SECOND_MS)],
    [options.malformedMaxOption, plainNumber(rules.malformedMax)],
  ];
  if (expect === undefined) return texts;
  const range = `${isoStampMs(expect.fromMs)}/${isoStampMs(expect.toMs)}`;
  return [...texts, [options.expectOption, range.replaceAll('.000Z', 'Z')]];
}

/** Without an exponent: `0.0000001`, which String would write as `1e-7`. */
function plainNumber(value: number): string {
  const [whole = '', fraction = ''] = value.toFixed(OPTION_DECIMALS).split('.');
  return formatDecimal(BigInt(`${whole}${fraction}`), fraction.length);
}
