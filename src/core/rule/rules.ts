/** The operations on the rules of a day; each is a loop over their table. */
import { hasShape } from '../shape/guard.js';
import type { ObjectShape, Shape } from '../shape/shape.js';
import { assert } from '../unit/errors.js';
import { isDictionary } from '../unit/json.js';
import type { RawLayout } from './layout.js';
import { workOf } from './rule-forms.js';
import type { ArtifactKind } from './products.js';
import {
  CHANGED_KINDS,
  DAY_RULES,
  type RecordingRules,
  type RuleName,
  type RuleRow,
  type RulesOf,
  type RulesShape,
  type RuleTable,
  type StoredRules,
} from './rule-table.js';

/** Values of a table's rules, by name. Other fields, such as resolutions, are ignored. */
export type RuleValues = Readonly<Record<string, unknown>>;

/** Makes the rules from the values that `read` returns. */
export function rulesFrom<Table extends RuleTable>(
  table: Table,
  read: (row: RuleRow, name: string) => unknown,
): RulesOf<Table> {
  const rules = Object.fromEntries(
    Object.entries(table).map(([name, row]) => [name, read(row, name)]),
  );
  assert(hasForms(rules, table), 'every rule has a value of its form');
  return rules;
}

function hasForms<Table extends RuleTable>(
  rules: RuleValues,
  table: Table,
): rules is RulesOf<Table> & RuleValues {
  return Object.entries(table).every(([name, { form }]) => workOf(form).holds(rules[name]));
}

/** Whether a value has the form of a rule. */
export function isValueOf<Name extends RuleName>(
  name: Name,
  value: unknown,
): value is RecordingRules[Name] {
  return workOf(DAY_RULES[name].form).holds(value);
}

/** The rules by default. */
export function defaultRules<Table extends RuleTable>(table: Table): RulesOf<Table> {
  return rulesFrom(table, ({ form, option, defaultText }) =>
    defaultText === undefined ? undefined : workOf(form).parse(defaultText, `--${option}`),
  );
}

/** The raw layout by default. */
export const defaultLayout: RawLayout = defaultRules(DAY_RULES);

/** The rules as a report stores them, in the order of the table. */
export function storedRules<Table extends RuleTable>(
  rules: RuleValues,
  table: Table,
): StoredRules<Table> {
  const stored = Object.fromEntries(
    Object.entries(table).map(([name, row]) => [row.stored, workOf(row.form).store(rules[name])]),
  );
  assert(isStored(stored, table), 'what is stored of the rules has their shape');
  return stored;
}

function isStored<Table extends RuleTable>(
  stored: RuleValues,
  table: Table,
): stored is StoredRules<Table> & RuleValues {
  return hasShape(stored, storedShape(table), {});
}

/** The rules from what a report stores. */
export function restoredRules<Table extends RuleTable>(
  stored: RuleValues,
  table: Table,
): RulesOf<Table> {
  return rulesFrom(table, (row) => workOf(row.form).restore(stored[row.stored]));
}

/** The rules in a fingerprint: of a file those that change its bytes, of the report all. */
export function digestedRules(
  rules: RuleValues,
  of: ArtifactKind | 'quality',
  table: RuleTable = DAY_RULES,
): RuleValues {
  const rows = Object.entries(table)
    .filter(([, { changes }]) => of === 'quality' || CHANGED_KINDS[changes].includes(of))
    .toSorted(([, a], [, b]) => a.digestPlace - b.digestPlace);
  return Object.fromEntries(
    rows.map(([name, { form }]) => [name, workOf(form).digest(rules[name])]),
  );
}

/** The option texts of the rules that have one; parsing them gives the same rules. */
export function ruleTexts(
  rules: RuleValues,
  table: RuleTable = DAY_RULES,
): (readonly [row: RuleRow, text: string])[] {
  return Object.entries(table).flatMap(([name, row]) => {
    const text = workOf(row.form).print(rules[name]);
    return text === undefined ? [] : [[row, text] as const];
  });
}

/** The declared shape of stored rules. */
export function rulesShape<Table extends RuleTable>(table: Table): RulesShape<Table> {
  const shape: unknown = storedShape(table);
  assert(isShapeOf(shape, table), 'every rule has a stored field');
  return shape;
}

function isShapeOf<Table extends RuleTable>(
  shape: unknown,
  table: Table,
): shape is RulesShape<Table> {
  const fields = isDictionary(shape) ? shape['fields'] : undefined;
  return isDictionary(fields) && Object.values(table).every(({ stored }) => stored in fields);
}

/** rulesShape without the precise type. */
export function storedShape(table: RuleTable): ObjectShape & Shape {
  const fields = Object.values(table).map(({ stored, form, about }): [string, Shape] => [
    stored,
    { ...workOf(form).shape, about },
  ]);
  return { is: 'object', fields: Object.fromEntries(fields) };
}
