/** One side of a LevelGrid, exactly: its last best quote, and what its 20 levels held. */
import { ExactCells, ExactSums } from '../grid/exact-cells.js';

/** By how many decimals the cells of another grid are raised. */
export interface RaisedBy {
  readonly price: number;
  readonly quantity: number;
}

export class SideLevels {
  /** Best price and its quantity, of the last snapshot that is not late. */
  readonly priceClose: ExactCells;
  readonly quantityClose: ExactCells;
  /** Over full snapshots: Σ and least quantity of all 20 levels, Σ distance from best to 20th price. */
  readonly quantity: ExactSums;
  readonly quantityMin: ExactCells;
  readonly span: ExactSums;

  constructor(length: number) {
    this.priceClose = new ExactCells(length);
    this.quantityClose = new ExactCells(length);
    this.quantity = new ExactSums(length);
    this.quantityMin = new ExactCells(length);
    this.span = new ExactSums(length);
  }

  raisePrice(decimals: number): void {
    for (const cells of [this.priceClose, this.span]) cells.raise(decimals);
  }

  raiseQuantity(decimals: number): void {
    for (const cells of [this.quantityClose, this.quantity, this.quantityMin]) {
      cells.raise(decimals);
    }
  }

  /** True once a cell that is set or compared, not added to, exceeds the safe integers. */
  get hasWide(): boolean {
    const { priceClose, quantityClose, quantityMin } = this;
    return priceClose.wide.size + quantityClose.wide.size + quantityMin.wide.size > 0;
  }

  absorbClose(bar: number, source: SideLevels, index: number, by: RaisedBy): void {
    this.priceClose.setRaised(bar, source.priceClose, index, by.price);
    this.quantityClose.setRaised(bar, source.quantityClose, index, by.quantity);
  }

  /** Adds a full snapshot of safe integers; no cell is wide. `isFirst`: the bar has none yet. */
  addSafe(bar: number, isFirst: boolean, quantity: number, span: number): void {
    if (isFirst || quantity < (this.quantityMin.safe[bar] ?? 0)) {
      this.quantityMin.safe[bar] = quantity;
    }
    this.quantity.add(bar, quantity);
    this.span.add(bar, span);
  }

  add(bar: number, isFirst: boolean, quantity: bigint, span: bigint): void {
    if (isFirst || quantity < this.quantityMin.at(bar)) this.quantityMin.set(bar, quantity);
    this.quantity.addWide(bar, quantity);
    this.span.addWide(bar, span);
  }

  absorbFull(bar: number, isFirst: boolean, source: SideLevels, index: number, by: RaisedBy): void {
    const { quantityMin } = this;
    if (isFirst || quantityMin.compareRaised(bar, source.quantityMin, index, by.quantity) > 0) {
      quantityMin.setRaised(bar, source.quantityMin, index, by.quantity);
    }
    this.quantity.addRaised(bar, source.quantity, index, by.quantity);
    this.span.addRaised(bar, source.span, index, by.price);
  }
}
