/**
 * The oracle's patterns that are looked for at every second. Each rule says, of one row, whether its event
 * and its control hold; it is silent where a cell, a window or a quantile that it names is missing.
 */
import type { Cell, DayCells } from './day-cells.js';
import { ascending, quantileOf, trailingHour } from './quantiles.js';
import type { Quantile } from './quantiles.js';
import type { Rule, Said } from './rules.js';
import { difference, knownWindows, magnitude, windowMoves, windowSums } from './windows.js';

const width = 15;
const imbalanceWidth = 5;

export function secondRules(day: DayCells): Rule[] {
  return [
    ...absorptions(day),
    ...exhaustions(day),
    ...vacuums(day),
    ...pulledWalls(day),
    ...imbalances(day),
  ];
}

function absorptions(day: DayCells): Rule[] {
  const { deltas, deltaSizes, isKnown } = pressure(day);
  const moves = windowMoves(day.reference, isKnown, width).map(magnitude);
  const [deltaQuantile, moveQuantile] = [quantiles(deltaSizes), quantiles(moves)];
  const refills = (side: 'bid' | 'ask'): Cell[] => windowSums(netAdded(day, side), isKnown, width);
  const taken = (column: string): Cell[] => windowSums(day.bar(column), isKnown, width);
  const rule = (
    direction: 'up' | 'down',
    sides: { refill: Cell[]; volume: Cell[]; sign: bigint },
  ): Rule => ({
    pattern: 'absorption',
    direction,
    at: (row) => {
      const [delta, move] = [deltas[row], moves[row]];
      const [refill, volume] = [sides.refill[row], sides.volume[row]];
      const [pressed, still] = [deltaQuantile(95, row), moveQuantile(25, row)];
      if (delta === undefined || move === undefined || refill === undefined) return undefined;
      if (volume === undefined || pressed === undefined || still === undefined) return undefined;
      const push = delta * sides.sign;
      const control = move <= still && push > 0n;
      return {
        event: control && push >= pressed && refill >= volume,
        control,
        fromRow: row - width + 1,
        strength: push,
        threshold: pressed,
      };
    },
  });
  return [
    rule('up', { refill: refills('bid'), volume: taken('vol_sell'), sign: -1n }),
    rule('down', { refill: refills('ask'), volume: taken('vol_buy'), sign: 1n }),
  ];
}

function exhaustions(day: DayCells): Rule[] {
  const { deltas, deltaSizes } = pressure(day);
  const deltaQuantile = quantiles(deltaSizes);
  const rule = (direction: 'up' | 'down', side: 'bid' | 'ask', sign: bigint): Rule => {
    const depths = known(day, day.signal(`${side}_qty_l20`));
    const depthQuantile = quantiles(depths);
    return {
      pattern: 'exhaustion',
      direction,
      at: (row) => {
        const [delta, depth] = [deltas[row], depths[row]];
        const [pressed, thin] = [deltaQuantile(95, row), depthQuantile(25, row)];
        const [now, before, first] = [0, 5, 15].map((back) => day.reference[row - back]);
        if (delta === undefined || depth === undefined || pressed === undefined) return undefined;
        if (thin === undefined || now === undefined) return undefined;
        if (before === undefined || first === undefined) return undefined;
        const push = delta * sign;
        const control = (before - first) * sign > 0n && (now - before) * sign <= 0n;
        return {
          event: control && push >= pressed && push > 0n && depth <= thin,
          control,
          fromRow: row - width + 1,
          strength: push,
          threshold: pressed,
        };
      },
    };
  };
  return [rule('up', 'bid', -1n), rule('down', 'ask', 1n)];
}

function vacuums(day: DayCells): Rule[] {
  const rule = (direction: 'up' | 'down', side: 'bid' | 'ask'): Rule => {
    const vanished = known(
      day,
      netAdded(day, side).map((net) => difference(0n, net)),
    );
    const lows = known(day, day.signal(`${side}_qty_l20_min`));
    const [vanishedQuantile, lowQuantile] = [quantiles(vanished), quantiles(lows)];
    return {
      pattern: 'liquidity_vacuum',
      direction,
      at: (row) => {
        const [net, low] = [vanished[row], lows[row]];
        const [much, little] = [vanishedQuantile(99, row), lowQuantile(10, row)];
        if (net === undefined || low === undefined) return undefined;
        if (much === undefined || little === undefined) return undefined;
        const control = low <= little;
        const event = control && net > 0n && net >= much;
        return { event, control, fromRow: row, strength: net, threshold: much };
      },
    };
  };
  return [rule('up', 'ask'), rule('down', 'bid')];
}

function pulledWalls(day: DayCells): Rule[] {
  const rule = (direction: 'up' | 'down', side: 'bid' | 'ask'): Rule => {
    const walls = known(day, day.signal(`${side}_wall_pulled`));
    const pulls = known(day, day.signal(`${side}_pulled`));
    const [wallQuantile, pullQuantile] = [quantiles(walls), quantiles(pulls)];
    return {
      pattern: 'wall_pulled',
      direction,
      at: (row) => {
        const [wall, wallMuch] = [walls[row], wallQuantile(99, row)];
        const [pull, pullMuch] = [pulls[row], pullQuantile(99, row)];
        if (wall === undefined || wallMuch === undefined) return undefined;
        return {
          event: wall > 0n && wall >= wallMuch,
          control: pull !== undefined && pullMuch !== undefined && pull > 0n && pull >= pullMuch,
          fromRow: row,
          strength: wall,
          threshold: wallMuch,
        };
      },
    };
  };
  return [rule('up', 'ask'), rule('down', 'bid')];
}

function imbalances(day: DayCells): Rule[] {
  const isKnown = knownWindows(day, imbalanceWidth);
  const sums = windowSums(day.bar('imbalance_l20'), isKnown, imbalanceWidth);
  const controlSums = windowSums(day.signal('imbalance_l1'), isKnown, imbalanceWidth);
  const [quantile, controlQuantile] = [quantiles(sums), quantiles(controlSums)];
  const rule = (
    direction: 'up' | 'down',
    percent: number,
    holds: (sum: bigint, limit: bigint) => boolean,
  ): Rule => ({
    pattern: 'imbalance',
    direction,
    at: (row): Said | undefined => {
      const [sum, limit] = [sums[row], quantile(percent, row)];
      const [controlSum, controlLimit] = [controlSums[row], controlQuantile(percent, row)];
      if (sum === undefined || limit === undefined) return undefined;
      return {
        event: holds(sum, limit),
        control:
          controlSum !== undefined && controlLimit !== undefined && holds(controlSum, controlLimit),
        fromRow: row - imbalanceWidth + 1,
        strength: sum,
        threshold: limit,
      };
    },
  });
  return [
    rule('up', 99, (sum, limit) => sum >= limit),
    rule('down', 1, (sum, limit) => sum <= limit),
  ];
}

/** D over known windows. */
function pressure(day: DayCells): { deltas: Cell[]; deltaSizes: Cell[]; isKnown: boolean[] } {
  const isKnown = knownWindows(day, width);
  const deltas = windowSums(day.bar('vol_delta'), isKnown, width);
  return { deltas, deltaSizes: deltas.map(magnitude), isKnown };
}

/** added − pulled. */
function netAdded(day: DayCells, side: 'bid' | 'ask'): Cell[] {
  const pulled = day.signal(`${side}_pulled`);
  return day.signal(`${side}_added`).map((added, row) => difference(added, pulled[row]));
}

/** The cells of known rows. */
function known(day: DayCells, cells: Cell[]): Cell[] {
  return cells.map((cell, row) => (day.isKnown[row] === true ? cell : undefined));
}

function quantiles(cells: Cell[]): Quantile<bigint> {
  return quantileOf(cells, ascending, trailingHour);
}
