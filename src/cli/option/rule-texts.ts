/**
 * The rules of a day as option texts. Parsing them gives the same rules back, so a run can compute a
 * day as it was published.
 */
import { DAY_RULES, type RuleTable } from '../../core/rule/rule-table.js';
import { ruleTexts, type RuleValues } from '../../core/rule/rules.js';
import { outputsFor, type Products } from '../../core/rule/products.js';
import type { Option } from './option.js';
import { resolutionsOption } from './options.js';
import { formatsOption, outputsOption } from './product-options.js';
import { optionOf } from './rule-options.js';

type OptionText = readonly [option: Option<unknown>, text: string];
type WrittenRules = RuleValues & Products;

/** Texts by option name, as the plan of a run holds them. */
export function rulesAsOptions(
  rules: WrittenRules,
  table: RuleTable = DAY_RULES,
): Record<string, string> {
  return Object.fromEntries(optionTexts(rules, table).map(([{ name }, text]) => [name, text]));
}

/** The same as typed, without defaults: `--streams trades --sparse-trades`. */
export function ruleWords(rules: WrittenRules, table: RuleTable = DAY_RULES): string {
  return optionTexts(rules, table)
    .filter(([{ defaultText }, text]) => text !== defaultText)
    .filter(([one]) => one !== outputsOption || !hasDefaultOutputs(rules))
    .map(([{ name, isFlag }, text]) => (isFlag === true ? `--${name}` : `--${name} ${text}`))
    .join(' ');
}

function hasDefaultOutputs({ resolutions, outputs }: Products): boolean {
  return outputs.join(',') === outputsFor(resolutions).join(',');
}

function optionTexts(rules: WrittenRules, table: RuleTable): OptionText[] {
  const names = rules.resolutions.map(({ name }) => name).join(',');
  return [
    [resolutionsOption, names],
    [outputsOption, rules.outputs.join(',')],
    [formatsOption, rules.formats.join(',')],
    ...ruleTexts(rules, table).map(([row, text]): OptionText => [optionOf(row), text]),
  ];
}
