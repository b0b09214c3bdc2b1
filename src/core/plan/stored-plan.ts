/** Whether a JSON value that was read back is the plan of a run, or its refusal. */
import {
  arrayOf,
  type Guard,
  isDictionary,
  isNumber,
  isText,
  isTruth,
  objectOf,
} from '../stored/json-shape.js';
import { parseSymbol, type SymbolName } from '../unit/symbol.js';
import { parseUtcDate, type UtcDate } from '../unit/utc-date.js';
import { SCHEMA_VERSION } from '../rule/day-rules.js';
import type { PlannedWindow, RefusedPlan, RunPlan, StoredPlan } from './run-plan.js';

const isDate: Guard<UtcDate> = (value): value is UtcDate =>
  isText(value) && parseUtcDate(value) !== undefined;
const isSymbol: Guard<SymbolName> = (value): value is SymbolName =>
  isText(value) && parseSymbol(value) !== undefined;
const isCount: Guard<number> = (value): value is number =>
  isNumber(value) && Number.isInteger(value) && value > 0;
const isVersion: Guard<number> = (value): value is number => value === SCHEMA_VERSION;
const isNull: Guard<null> = (value): value is null => value === null;
const isAnything: Guard<unknown> = (value): value is unknown => value !== undefined;
const isTexts: Guard<Readonly<Record<string, string>>> = (
  value,
): value is Readonly<Record<string, string>> =>
  isDictionary(value) && Object.values(value).every(isText);

const isWindow = objectOf<PlannedWindow>({
  from: isDate,
  to: isDate,
  aggregate_tasks: isCount,
  finalize_tasks: isCount,
});

const isRunPlan = objectOf<RunPlan>({
  schema_version: isVersion,
  run_id: isText,
  arguments: isDictionary,
  refused: isNull,
  from: isDate,
  to: isDate,
  windows: arrayOf(isWindow),
  symbols: arrayOf(isSymbol),
  symbols_found: isTruth,
  slice_symbols: isCount,
  options: isTexts,
});

const isRefusedPlan = objectOf<RefusedPlan>({
  schema_version: isVersion,
  run_id: isText,
  arguments: isAnything,
  refused: objectOf<RefusedPlan['refused']>({
    where: isText,
    what: isText,
    found: isText,
    expected: isText,
    message: isText,
  }),
});

export const isStoredPlan: Guard<StoredPlan> = (value): value is StoredPlan =>
  isRunPlan(value) || isRefusedPlan(value);
