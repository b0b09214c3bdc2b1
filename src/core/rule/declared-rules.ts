/** Rules whose defaults a recording declares itself, in the `_dataset.json` of its raw root (docs/INPUT.md). */
import { quoted, refuse } from '../unit/typed-text.js';
import { workOf } from './rule-forms.js';
import { DAY_RULES, type RuleRow } from './rule-table.js';

/**
 * The texts of the declared rules by the names of their options, each one that parses. Throws a usage error for a field of
 * another form. `where`: the name of the file.
 */
export function declaredTexts(
  dataset: Readonly<Record<string, unknown>> | undefined,
  where: string,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const rows: readonly RuleRow[] = Object.values(DAY_RULES);
  for (const { stored, option, form, isDeclared } of rows) {
    const value = isDeclared === true ? dataset?.[stored] : undefined;
    if (value === undefined) continue;
    const field = `${where} field '${stored}'`;
    const text = textOf(value, form.is === 'flag' ? 'boolean' : 'string');
    if (text === undefined) {
      const expected = form.is === 'flag' ? 'true or false' : `a text, as --${option} takes it`;
      refuse(field, 'value', quoted(JSON.stringify(value)), expected);
    }
    workOf(form).parse(text, field);
    texts.set(option, text);
  }
  return texts;
}

/** A dataset that says what an absent field of a declared rule means. */
export function withDeclaredDefaults(
  dataset: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const rows: readonly RuleRow[] = Object.values(DAY_RULES);
  const defaults: Record<string, unknown> = {};
  for (const { stored, form, defaultText, isDeclared } of rows) {
    if (isDeclared !== true) continue;
    defaults[stored] = form.is === 'flag' ? defaultText === 'true' : defaultText;
  }
  return { ...defaults, ...dataset };
}

/** Undefined for a value of another type. */
function textOf(value: unknown, type: 'boolean' | 'string'): string | undefined {
  if (typeof value === 'boolean') return type === 'boolean' ? String(value) : undefined;
  return typeof value === 'string' && type === 'string' ? value : undefined;
}
