/** The cells of FlowGrid by their definition, over all trades of a stretch of time at once, and as texts. */
import type { FlowGrid } from '../../../src/core/flow/flow-grid.js';
import type { ExactCells } from '../../../src/core/grid/exact-cells.js';
import { formatDecimal, parseDecimal, powerOfTen } from '../../../src/core/unit/decimal.js';
import type { MadeTrade } from '../event/made-rows.js';

const DECIMALS = 18;

export interface FlowRow {
  readonly quoteBuy: string;
  readonly delta: string;
  readonly deltaMin: string;
  readonly deltaMax: string;
  readonly takerOrders: number;
  readonly takerOrderMax: string;
  readonly largeBuy: string;
  readonly largeSell: string;
}

export interface ModelInput {
  /** In Order. */
  readonly inTime: readonly MadeTrade[];
  readonly late: readonly MadeTrade[];
  readonly largeOrder: string;
  readonly barMs: number;
  readonly bars: number;
}

export function modelRows({ inTime, late, largeOrder, barMs, bars }: ModelInput): FlowRow[] {
  return Array.from({ length: bars }, (_, bar) => {
    const isMine = ({ timeMs }: MadeTrade): boolean => Math.floor(timeMs / barMs) === bar;
    const trades = inTime.filter(isMine);
    const buys = [...trades, ...late.filter(isMine)].filter(({ side }) => side !== 'sell');
    const orders = ordersOf(trades);
    const large = orders.filter(({ quote }) => quote >= e18(largeOrder) * powerOfTen(DECIMALS));
    const ofSide = (isBuy: boolean): string =>
      quantityText(sum(large.filter(({ buys: own }) => own === isBuy).map((order) => order.size)));
    const running = [0n];
    for (const { side, quantity } of trades) {
      running.push((running.at(-1) ?? 0n) + (side === 'sell' ? -e18(quantity) : e18(quantity)));
    }
    return {
      quoteBuy: quoteText(sum(buys.map(quoteOf))),
      delta: quantityText(running.at(-1) ?? 0n),
      deltaMin: quantityText(running.reduce((a, b) => (b < a ? b : a))),
      deltaMax: quantityText(running.reduce((a, b) => (b > a ? b : a))),
      takerOrders: orders.length,
      takerOrderMax: quoteText(
        orders.reduce((most, { quote }) => (quote > most ? quote : most), 0n),
      ),
      largeBuy: ofSide(true),
      largeSell: ofSide(false),
    };
  });
}

export function gridRows(grid: FlowGrid): FlowRow[] {
  const { quoteDecimals, quantityDecimals } = grid;
  return Array.from({ length: grid.length }, (_, bar) => ({
    quoteBuy: cellText(grid.buyTurnover, bar, quoteDecimals),
    delta: cellText(grid.delta, bar, quantityDecimals),
    deltaMin: cellText(grid.deltaMin, bar, quantityDecimals),
    deltaMax: cellText(grid.deltaMax, bar, quantityDecimals),
    takerOrders: grid.takerOrders[bar] ?? 0,
    takerOrderMax: cellText(grid.takerOrderMax, bar, quoteDecimals),
    largeBuy: cellText(grid.largeBuy, bar, quantityDecimals),
    largeSell: cellText(grid.largeSell, bar, quantityDecimals),
  }));
}

function cellText(cells: ExactCells, bar: number, decimals: number): string {
  return formatDecimal(cells.at(bar), decimals);
}

interface ModelOrder {
  readonly buys: boolean;
  readonly quote: bigint;
  readonly size: bigint;
}

function ordersOf(trades: readonly MadeTrade[]): ModelOrder[] {
  const groups: MadeTrade[][] = [];
  for (const trade of trades) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (before?.timeMs === trade.timeMs && before.side === trade.side) group?.push(trade);
    else groups.push([trade]);
  }
  return groups.map((group) => ({
    buys: group[0]?.side !== 'sell',
    quote: sum(group.map(quoteOf)),
    size: sum(group.map(({ quantity }) => e18(quantity))),
  }));
}

function quoteOf({ price, quantity }: MadeTrade): bigint {
  return e18(price) * e18(quantity);
}

function e18(text = '1'): bigint {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new RangeError(`no decimal: '${text}'`);
  return decimal.mantissa * powerOfTen(DECIMALS - decimal.decimals);
}

function quantityText(value: bigint): string {
  return formatDecimal(value, DECIMALS);
}

function quoteText(value: bigint): string {
  return formatDecimal(value, 2 * DECIMALS);
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => a + b, 0n);
}
