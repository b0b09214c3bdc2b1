/** The oracle's values of minutes, and the pivots among them. */
import type { Cell, DayCells } from './day-cells.js';

export interface Minutes {
  count: number;
  isKnown: boolean[];
  /** Undefined for minutes that are not known. */
  volumes: Cell[];
  deltas: Cell[];
  takerOrders: Cell[];
  /** Undefined without a known price as well. */
  highs: Cell[];
  lows: Cell[];
  /** At the end of the minute. */
  cvds: Cell[];
}

export const rowsInMinute = 60;
const pivotReach = 5;

export function minutesOf(day: DayCells): Minutes {
  const starts = Array.from(
    { length: Math.floor(day.rows / rowsInMinute) },
    (_, minute) => minute * rowsInMinute,
  );
  const isKnown = starts.map((start) =>
    day.isKnown.slice(start, start + rowsInMinute).every(Boolean),
  );
  const ofMinute = (cells: Cell[], value: (cells: Cell[]) => Cell): Cell[] =>
    starts.map((start, minute) =>
      isKnown[minute] === true ? value(cells.slice(start, start + rowsInMinute)) : undefined,
    );
  const traded = (column: string): Cell[] =>
    day.bar(column).map((cell, row) => (day.bar('trade_count')[row] === 0n ? undefined : cell));
  const lastCloses = ofMinute(day.bar('close'), (cells) => cells.at(-1));
  const extremes = (column: string, isBeyond: (a: bigint, b: bigint) => boolean): Cell[] =>
    ofMinute(traded(column), (cells) =>
      cells.reduce((most, cell) => {
        if (most === undefined || cell === undefined) return most ?? cell;
        return isBeyond(cell, most) ? cell : most;
      }),
    ).map((extreme, minute) => extreme ?? lastCloses[minute]);
  return {
    count: starts.length,
    isKnown,
    volumes: ofMinute(day.bar('vol_total'), sumOfCells),
    deltas: ofMinute(day.bar('vol_delta'), sumOfCells),
    takerOrders: ofMinute(day.signal('taker_orders'), sumOfCells),
    highs: extremes('high', (a, b) => a > b),
    lows: extremes('low', (a, b) => a < b),
    cvds: ofMinute(day.signal('cvd'), (cells) => cells.at(-1)),
  };
}

/** Whether a minute's value is beyond those of the five minutes before and after it, all of them known. */
export function pivotsOf(values: Cell[], isBeyond: (a: bigint, b: bigint) => boolean): boolean[] {
  return values.map((value, minute) => {
    if (value === undefined) return false;
    for (let away = 1; away <= pivotReach; away += 1) {
      for (const other of [values[minute - away], values[minute + away]]) {
        if (other === undefined || !isBeyond(value, other)) return false;
      }
    }
    return true;
  });
}

function sumOfCells(cells: Cell[]): Cell {
  return cells.reduce((sum, cell) =>
    sum === undefined || cell === undefined ? undefined : sum + cell,
  );
}
