/**
 * One declaration per option: its long name, its environment variable, its default, its help and
 * how its text becomes a value. Every value arrives as text, so that `--x 1` and FLOWBARS_X=1 are
 * one thing; what yargs would guess about types is not used.
 */
import { parseBoolean, type TextReader } from '../../core/unit/typed-text.js';

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
  readonly parse: TextReader<T>;
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
