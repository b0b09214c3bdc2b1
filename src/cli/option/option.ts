/**
 * One declaration per option: long name, environment variable, default, help and parser. Every value
 * arrives as text, so `--x 1` and FLOWBARS_X=1 are the same; yargs guesses no types.
 */
import { parseBoolean, type TextReader } from '../../core/unit/typed-text.js';

/** Headings of the help page, in their order there. */
export const OPTION_GROUPS = [
  'Where:',
  'What:',
  'Rules of the recording:',
  'How:',
  'Output:',
] as const;
export type OptionGroup = (typeof OPTION_GROUPS)[number];

export interface Option<T> {
  /** Long name without dashes: `edge-minutes`. */
  readonly name: string;
  /** The same option as an environment variable: `FLOWBARS_EDGE_MINUTES`. The command line wins. */
  readonly env: string;
  readonly group: OptionGroup;
  /** One line, lower case, with the form of the value. */
  readonly help: string;
  /** Parsed if neither the option nor its variable is given. */
  readonly defaultText?: string;
  /** How the help page describes a default that is not a fixed text. */
  readonly defaultHelp?: string;
  /** Values to complete on a command line; a list is completed word by word. */
  readonly words?: readonly string[];
  /** Options that may not be given beside it. A typed one sets the variables of the others aside. */
  readonly excludes?: readonly string[];
  /** A flag takes no value on the command line; set its variable to true or false. */
  readonly isFlag?: true;
  /** Throws a usage error that names `where`: the option or variable that held the text. */
  readonly parse: TextReader<T>;
}

/** The positional argument that a command may have. */
export interface Argument {
  readonly name: string;
  readonly help: string;
  /** One or more of them. */
  readonly isMany?: true;
}

/** The text behind a value, not parsed. */
export interface FoundText {
  readonly text: string;
  /** What held it: the option, its variable, or a field of the arguments. */
  readonly where: string;
}

/** Reads the caller's options one by one. */
export interface Given {
  /** The option's value or its default; throws a usage error if it has neither. */
  value<T>(option: Option<T>): T;
  /** The option's value or its default; undefined if it has neither. */
  optional<T>(option: Option<T>): T | undefined;
  /** The text behind the value, not parsed. */
  text(option: Option<unknown>): string | undefined;
  /** What held that text, for errors; the option itself if nothing did. */
  where(option: Option<unknown>): string;
  /** The positional argument; throws a usage error if it is missing. */
  argument(argument: Argument): string;
  /** The same for an argument of one or more. */
  manyArguments(argument: Argument): readonly string[];
}

/** Declares an option; exists to infer its type. */
export function option<T>(declaration: Option<T>): Option<T> {
  return declaration;
}

/** A flag: `--force`, FLOWBARS_FORCE=true. */
export function flag(declaration: Omit<Option<boolean>, 'parse' | 'isFlag'>): Option<boolean> {
  return { defaultText: 'false', ...declaration, isFlag: true, parse: parseBoolean };
}
