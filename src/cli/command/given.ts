/**
 * Reads option values: the command line first, then the variable, then the default. Refuses unknown
 * options, surplus arguments and malformed values.
 */
import { closestName } from '../../core/unit/closest-name.js';
import type { Environment } from '../../edge/process/cloud-run.js';
import type { Command } from './command.js';
import type { Argument, FoundText, Given, Option } from '../option/option.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';

/** How the help of an option says that it takes a list. */
const LIST_FORM = 'A,B';

/** yargs' result: `_` holds the command and its arguments, the other members the options as text. */
export interface ParsedArguments {
  readonly _: readonly (string | number)[];
  readonly [name: string]: unknown;
}

/** Members of yargs' result that are not options of a command. */
const OWN_MEMBERS = ['_', '$0', 'help', 'h', 'version', 'V'];

export function readGiven(
  command: Command,
  parsed: ParsedArguments,
  environment: Environment,
): Given {
  refuseSurplus(command, parsed);
  const given = parsed._.slice(1).map(String);
  const noArgument = ({ name, help }: Argument): never =>
    refuse(`flowbars ${command.name}`, 'argument', 'nothing', `${name}: ${help}`);
  const findTyped = (option: Option<unknown>): FoundText | undefined => {
    const text = typedText(option, parsed[option.name]);
    return text === undefined ? undefined : { text, where: `--${option.name}` };
  };
  const findNamed = (option: Option<unknown>): FoundText | undefined => {
    const text = environment[option.env];
    return text === undefined || text === '' ? undefined : { text, where: option.env };
  };
  refuseBoth(command, findTyped);
  const setAside = rivals(command, (option) => isSaid(option, findTyped(option)));
  const isFree = ({ name }: Option<unknown>): boolean => !setAside.has(name);
  const findFree = (option: Option<unknown>): FoundText | undefined =>
    isFree(option) ? findNamed(option) : undefined;
  refuseBoth(command, findFree);
  const find = (option: Option<unknown>): FoundText | undefined =>
    findTyped(option) ?? findFree(option);
  return {
    ...givenBy(find),
    argument: (argument) => given[0] ?? noArgument(argument),
    manyArguments: (argument) => (given.length > 0 ? given : noArgument(argument)),
  };
}

/** Values from the texts that `find` gives; options it does not find take their default. */
function givenBy(find: (option: Option<unknown>) => FoundText | undefined): Given {
  const findText = (option: Option<unknown>): FoundText | undefined => {
    const { name, defaultText: text } = option;
    return find(option) ?? (text === undefined ? undefined : { text, where: `--${name}` });
  };
  return {
    value: (option) => {
      const found = findText(option);
      if (found !== undefined) return option.parse(found.text, found.where);
      return refuse(
        `--${option.name}`,
        'option',
        'nothing',
        `${option.help} (here or as ${option.env})`,
      );
    },
    optional: (option) => {
      const found = findText(option);
      return found === undefined ? undefined : option.parse(found.text, found.where);
    },
    text: (option) => findText(option)?.text,
    where: (option) => findText(option)?.where ?? `--${option.name}`,
    argument: ({ name, help }) => refuse(name, 'argument', 'nothing', help),
    manyArguments: ({ name, help }) => refuse(name, 'argument', 'nothing', help),
  };
}

/** `base`, with the options that `isOwn` selects read through `find` instead. */
export function givenOver(
  base: Given,
  isOwn: (option: Option<unknown>) => boolean,
  find: (option: Option<unknown>) => FoundText | undefined,
): Given {
  const own = givenBy(find);
  const givenOf = (option: Option<unknown>): Given => (isOwn(option) ? own : base);
  return {
    value: (option) => givenOf(option).value(option),
    optional: (option) => givenOf(option).optional(option),
    text: (option) => givenOf(option).text(option),
    where: (option) => givenOf(option).where(option),
    argument: (argument) => base.argument(argument),
    manyArguments: (argument) => base.manyArguments(argument),
  };
}

/** Refuses options that exclude each other and are given in the same way. */
function refuseBoth(
  { options }: Command,
  find: (option: Option<unknown>) => FoundText | undefined,
): void {
  for (const option of options) {
    const found = find(option);
    if (!isSaid(option, found)) continue;
    for (const other of options.filter(({ name }) => option.excludes?.includes(name) === true)) {
      const rival = find(other);
      if (found === undefined || rival === undefined) continue;
      refuse(found.where, 'option', `it beside ${rival.where}`, 'one of the two');
    }
  }
}

/** Names of the options that those which `isTyped` selects set aside. */
function rivals(
  { options }: Command,
  isTyped: (option: Option<unknown>) => boolean,
): ReadonlySet<string> {
  return new Set(
    options.flatMap(({ name, excludes = [] }) => [
      ...(options.some((one) => one.name === name && isTyped(one)) ? excludes : []),
      ...(options.some((one) => excludes.includes(one.name) && isTyped(one)) ? [name] : []),
    ]),
  );
}

/** A flag that is false says nothing. */
function isSaid({ isFlag }: Option<unknown>, found: FoundText | undefined): boolean {
  return found !== undefined && !(isFlag === true && ['false', '0', 'no'].includes(found.text));
}

/** Reads every option, so that a typing error is refused even in an option the command does not use. */
export function refuseUnreadable({ options }: Command, given: Given): void {
  for (const option of options) given.optional(option);
}

function refuseSurplus(command: Command, parsed: ParsedArguments): void {
  const where = `flowbars ${command.name}`;
  const names = command.options.map((option) => option.name);
  for (const name of Object.keys(parsed)) {
    if (names.includes(name) || OWN_MEMBERS.includes(name)) continue;
    const dashes = name.length === 1 ? '-' : '--';
    const closest = name.length === 1 ? undefined : closestName(name, names);
    const hint = closest === undefined ? 'one of its options' : `--${closest}`;
    refuse(where, 'option', `'${dashes}${name}'`, `${hint} (see ${where} --help)`);
  }
  if (command.argument?.isMany === true) return;
  const surplus = parsed._[command.argument === undefined ? 1 : 2];
  if (surplus !== undefined) {
    const expected = command.argument === undefined ? 'options only' : 'a single argument';
    refuse(where, 'argument', `'${String(surplus)}'`, expected);
  }
}

function typedText(option: Option<unknown>, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const where = `--${option.name}`;
  if (Array.isArray(value)) {
    const isList = option.help.includes(LIST_FORM);
    const expected = isList ? `once: ${where} ${value.join(',')}` : 'once';
    refuse(where, 'option', `${value.length} times`, expected);
  }
  if (typeof value === 'boolean' && option.isFlag === true) return String(value);
  if (typeof value === 'string' && value !== '') return value;
  return refuse(where, 'value', quoted(''), option.help);
}
