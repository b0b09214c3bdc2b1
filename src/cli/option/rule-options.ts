/** The rules of a day as command-line options. */
import { workOf } from '../../core/rule/rule-forms.js';
import {
  DAY_RULES,
  type RecordingRules,
  type RuleName,
  type RuleRow,
  type RulesOf,
  type RuleTable,
} from '../../core/rule/rule-table.js';
import { isValueOf, rulesFrom } from '../../core/rule/rules.js';
import { assert } from '../../core/unit/errors.js';
import type { Given, Option } from './option.js';

/** The option of one rule, for a command that takes only some. */
export function ruleOption<Name extends RuleName>(name: Name): Option<RecordingRules[Name]> {
  const { parse, ...declared } = optionOf(DAY_RULES[name]);
  return {
    ...declared,
    parse: (text, where) => {
      const value = parse(text, where);
      assert(isValueOf(name, value), 'an option gives a value of its rule');
      return value;
    },
  };
}

/** One option per rule, in the order of the table. */
export function ruleOptions(table: RuleTable = DAY_RULES): Option<unknown>[] {
  return Object.values(table).map((row) => optionOf(row));
}

/** Those that decide what is read and computed, for a command that only looks at what there is to do. */
export function readingRuleOptions(): Option<unknown>[] {
  const rows: readonly RuleRow[] = Object.values(DAY_RULES);
  return rows.filter(({ changes }) => changes === 'rows').map((row) => optionOf(row));
}

/** The caller's rules, or their defaults. */
export function givenRules<Table extends RuleTable>(given: Given, table: Table): RulesOf<Table> {
  return rulesFrom(table, (row) => given.optional(optionOf(row)));
}

export function optionOf({
  option: name,
  group,
  help,
  form,
  defaultText,
  defaultHelp,
}: RuleRow): Option<unknown> {
  return {
    name,
    env: `FLOWBARS_${name.replaceAll('-', '_').toUpperCase()}`,
    group,
    help,
    ...(defaultText === undefined ? {} : { defaultText }),
    ...(defaultHelp === undefined ? {} : { defaultHelp }),
    ...(form.is === 'flag' ? { isFlag: true } : {}),
    ...(form.is === 'choice' ? { words: form.of } : {}),
    parse: workOf(form).parse,
  };
}
