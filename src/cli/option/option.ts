/**
 * One declaration per option: its long name, its environment variable, its default, its help and
 * how its text becomes a value. Every value arrives as text, so that `--x 1` and FLOWBARS_X=1 are
 * one thing; what yargs would guess about types is not used.
 */
import { FlowbarsError } from '../../core/unit/errors.js';

/** Headings of the help page, in the order in which it shows them. */
export type OptionGroup = 'Where:' | 'What:' | 'Rules of the recording:' | 'How:' | 'Output:';

export interface Option<T> {
  /** Long name without dashes: `edge-minutes`. */
  readonly name: string;
  /** The same option as an environment variable: `FLOWBARS_EDGE_MINUTES`. The command line wins. */
  readonly env: string;
  readonly group: OptionGroup;
  /** One line, lower case, with the form of the value. */
  readonly help: string;
  /** Text that is read when the option is given nowhere. */
  readonly defaultText?: string;
  /** How the help page names a default that is not a text. */
  readonly defaultHelp?: string;
  /** A flag takes no value on the command line; its variable says true or false. */
  readonly isFlag?: true;
  /** Throws a usage error that names `where`: the option or the variable that held the text. */
  readonly parse: (text: string, where: string) => T;
}

/** The one positional argument that a command may have. */
export interface Argument {
  readonly name: string;
  readonly help: string;
}

/** The text behind a value, unread. */
export interface FoundText {
  readonly text: string;
  /** What held it: the option, its variable, or a field of the arguments. */
  readonly where: string;
}

/** What the caller said, read option by option. */
export interface Given {
  /** The option's value or its default; throws a usage error when there is neither. */
  value<T>(option: Option<T>): T;
  /** The option's value or its default, undefined when there is neither. */
  optional<T>(option: Option<T>): T | undefined;
  /** The text behind the value, unread. */
  text(option: Option<unknown>): string | undefined;
  /** The positional argument; throws a usage error when it is not there. */
  argument(argument: Argument): string;
}

/** A declaration of an option; the group, the help and the rest are the caller's. */
export function option<T>(declaration: Option<T>): Option<T> {
  return declaration;
}

/** A flag: `--force`, FLOWBARS_FORCE=true. */
export function flag(declaration: Omit<Option<boolean>, 'parse' | 'isFlag'>): Option<boolean> {
  return { defaultText: 'false', ...declaration, isFlag: true, parse: parseBoolean };
}

export function refuse(where: string, what: string, found: string, expected: string): never {
  throw new FlowbarsError('usage', { where, what, found, expected });
}

/** Any text but the empty one. */
export function parseText(text: string, where: string): string {
  return text === '' ? refuse(where, 'value', 'nothing', 'a value') : text;
}

/** A reader of whole numbers from min to max, both included. */
export function wholeNumber(min: number, max: number): (text: string, where: string) => number {
  return (text, where) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    return refuse(where, 'number', quoted(text), `a whole number from ${min} to ${max}`);
  };
}

/** A reader of plain decimal numbers from min to max, both included. */
export function decimalNumber(
  min: number,
  max: number,
  unit = '',
): (text: string, where: string) => number {
  return (text, where) => {
    const value = /^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const expected = `a number${unit === '' ? '' : ` of ${unit}`} from ${min} to ${max}`;
    return refuse(where, 'number', quoted(text), expected);
  };
}

/** A reader of one of a few words. */
export function oneOf<const T extends string>(
  words: readonly T[],
): (text: string, where: string) => T {
  return (text, where) =>
    words.find((word) => word === text) ??
    refuse(where, 'value', quoted(text), words.map((word) => `'${word}'`).join(' or '));
}

/** How an error shows what was typed. */
export function quoted(text: string): string {
  return text === '' ? 'nothing' : `'${text}'`;
}

function parseBoolean(text: string, where: string): boolean {
  if (['true', '1', 'yes'].includes(text)) return true;
  if (['false', '0', 'no'].includes(text)) return false;
  return refuse(where, 'flag', quoted(text), `'true' or 'false'`);
}
