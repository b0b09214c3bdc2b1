/**
 * Carries the result of a stretch from one thread to another. A message between threads keeps the fields of
 * an object and moves its columns without a copy, but it loses the object's class: this gives it back.
 */
import { BarFold } from '../bar/bar-fold.js';
import { BarGrid } from '../bar/bar-grid.js';
import { EdgePrices } from '../bar/edge-prices.js';
import { BookFold } from '../book/book-fold.js';
import { BookGrid } from '../book/book-grid.js';
import { LevelFold } from '../book/level-fold.js';
import { LevelGrid } from '../book/level-grid.js';
import { SideLevels } from '../book/side-levels.js';
import { DepthRows } from '../event/depth-rows.js';
import { Mantissas } from '../event/mantissas.js';
import { TradeRows } from '../event/trade-rows.js';
import { RowTimes } from '../evidence/row-times.js';
import { RowsElsewhere } from '../evidence/rows-elsewhere.js';
import { SeenLevels } from '../evidence/seen-levels.js';
import { TradeIds } from '../evidence/trade-id-evidence.js';
import { FindingList } from '../finding/finding-list.js';
import { FlowFold } from '../flow/flow-fold.js';
import { FlowGrid } from '../flow/flow-grid.js';
import { RowCollector } from '../fold/row-collector.js';
import { ExactCells, ExactSums } from '../grid/exact-cells.js';
import { QuoteRuleFold } from '../joint/quote-rule.js';
import { WaitingTrades } from '../joint/waiting-trades.js';
import { Admission } from '../row/admit.js';
import { ExcludedTypes } from '../row/excluded-types.js';
import { IdIntervals } from '../row/id-intervals.js';
import { ReusedIds } from '../row/reused-ids.js';
import { SeedSearch } from '../row/seed-search.js';
import { SeenTradeIds } from '../row/seen-ids.js';
import { SeenSnapshotIds } from '../row/seen-snapshots.js';
import { SnapshotTable } from '../row/snapshot-table.js';
import { TextIds } from '../row/text-ids.js';
import { SideChange } from '../step/side-change.js';
import { SideQuantities } from '../step/side-quantities.js';
import { Snapshot } from '../step/snapshot.js';
import { StepFold } from '../step/step-fold.js';
import { SideSums, StepGrid } from '../step/step-grid.js';
import { assert } from '../unit/errors.js';
import { ChunkMinutes } from './chunk-minutes.js';
import { ChunkNotes } from './chunk-notes.js';
import { DayTally, StreamTally } from './day-tally.js';
import { NamedSymbols } from './named-symbols.js';
import { StretchResult } from './stretch-result.js';

/** Every class within a result. A further one fails its first crossing until it is named here. */
const CLASSES: readonly { readonly name: string; readonly prototype: object }[] = [
  Admission,
  BarFold,
  BarGrid,
  BookFold,
  BookGrid,
  ChunkMinutes,
  ChunkNotes,
  DayTally,
  DepthRows,
  EdgePrices,
  ExactCells,
  ExactSums,
  ExcludedTypes,
  FindingList,
  FlowFold,
  FlowGrid,
  IdIntervals,
  LevelFold,
  LevelGrid,
  Mantissas,
  NamedSymbols,
  QuoteRuleFold,
  ReusedIds,
  RowCollector,
  RowTimes,
  RowsElsewhere,
  SeedSearch,
  SeenLevels,
  SeenSnapshotIds,
  SeenTradeIds,
  SideChange,
  SideLevels,
  SideQuantities,
  SideSums,
  Snapshot,
  SnapshotTable,
  StepFold,
  StepGrid,
  StreamTally,
  StretchResult,
  TextIds,
  TradeIds,
  TradeRows,
  WaitingTrades,
];

const NAME_OF: ReadonlyMap<unknown, string> = new Map(
  CLASSES.map(({ name, prototype }) => [prototype, name]),
);
const PROTOTYPE_OF: ReadonlyMap<string, object> = new Map(
  CLASSES.map(({ name, prototype }) => [name, prototype]),
);

/** An object of a class, as it travels. */
interface Packed {
  readonly packedClass: string;
  readonly fields: readonly (readonly [string, unknown])[];
}

export interface Parcel {
  /** For `postMessage`. */
  readonly message: unknown;
  /** Memory that moves with the message: its sender no longer has it. */
  readonly moved: ArrayBuffer[];
}

export function packed(value: StretchResult): Parcel {
  const moved = new Set<ArrayBuffer>();
  const message = pack(value, moved);
  return { message, moved: [...moved] };
}

/** The result as it was before it was packed. */
export function unpacked(message: unknown): StretchResult {
  const result = unpack(message);
  assert(result instanceof StretchResult, 'a thread answers with the result of a stretch');
  return result;
}

function pack(value: unknown, moved: Set<ArrayBuffer>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) moved.add(value.buffer);
    return value;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => pack(item, moved));
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]: [unknown, unknown]) => [key, pack(item, moved)]));
  }
  if (value instanceof Set) return value;
  const fields = Object.entries(value).map(([key, item]: [string, unknown]): [string, unknown] => [
    key,
    pack(item, moved),
  ]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return Object.fromEntries(fields);
  const packedClass = NAME_OF.get(prototype);
  assert(packedClass !== undefined, 'every class of a result is named for crossing');
  return { packedClass, fields } satisfies Packed;
}

function unpack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(unpack);
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]: [unknown, unknown]) => [key, unpack(item)]));
  }
  if (value instanceof Set) return value;
  if (!isPacked(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
  }
  const prototype = PROTOTYPE_OF.get(value.packedClass);
  assert(prototype !== undefined, 'both threads know the same classes');
  const fields = value.fields.map(([key, item]): [string, unknown] => [key, unpack(item)]);
  const instance: unknown = Object.create(prototype);
  return Object.assign(Object(instance), Object.fromEntries(fields));
}

function isPacked(value: object): value is Packed {
  return 'packedClass' in value;
}
