/** Options of the command that stores a plan, and those that a plan holds. */
import { isDictionary } from '../../core/unit/json.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import { type Option, option } from './option.js';
import { parseInstant } from './option-forms.js';
import * as options from './options.js';

export type Arguments = Readonly<Record<string, unknown>>;

const SHOWN_CHARACTERS = 80;

export const argumentsOption = option({
  name: 'arguments',
  env: 'FLOWBARS_ARGUMENTS',
  group: 'What:',
  help: 'JSON object: the argument of a workflow execution',
  defaultText: '{}',
  parse: parseArguments,
});

export const startedAtOption = option({
  name: 'started-at',
  env: 'FLOWBARS_STARTED_AT',
  group: 'What:',
  help: 'instant of the request, which decides what yesterday is',
  defaultHelp: 'now',
  parse: parseInstant,
});

/** Each process has its own: where things are stored and what is shown. */
const PROCESS_OPTIONS: readonly Option<unknown>[] = [
  options.rawOption,
  options.outOption,
  options.gcsEndpointOption,
  options.runIdOption,
  options.noColorOption,
];
/** A plan holds these as days and symbols. */
export const rangeOptions: readonly Option<unknown>[] = [
  options.symbolsOption,
  options.fromOption,
  options.toOption,
  options.lastOption,
  options.recordedOption,
];

/** The options that a plan holds as texts. */
export const plannedOptions: readonly Option<unknown>[] = [
  ...options.computeOptions,
  ...options.goodOptions,
].filter((one) => !PROCESS_OPTIONS.includes(one) && !rangeOptions.includes(one));

function parseArguments(text: string, where: string): Arguments {
  const value = jsonIn(text) ?? {};
  if (isDictionary(value)) return value;
  const found = quoted(text.slice(0, SHOWN_CHARACTERS));
  return refuse(where, 'arguments', found, 'a JSON object, or nothing');
}

/** Null for JSON null. A text that is not JSON is returned as a string, which the caller refuses. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
