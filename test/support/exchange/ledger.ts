/** What was written to the socket of each connection, in order, in little memory. */

export interface LedgerEntry {
  readonly connection: number;
  readonly stream: string;
  /** Of a trade, or the last update of a snapshot. */
  readonly id: number;
  /** False: the operating system had not taken it yet when the connection ended. */
  readonly isFlushed: boolean;
}

const BLOCK_ENTRIES = 4_096;

/** Names of streams are shared by all connections of a server. */
export class StreamNames {
  private readonly indices = new Map<string, number>();
  private readonly names: string[] = [];

  indexOf(name: string): number {
    const known = this.indices.get(name);
    if (known !== undefined) return known;
    this.indices.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  at(index: number): string {
    return this.names[index] ?? '';
  }
}

export class ConnectionLedger {
  /** Pairs of a stream's index and an id. */
  private readonly blocks: Float64Array[] = [];
  private readonly connection: number;
  private readonly names: StreamNames;
  written = 0;
  /** The first so many were taken by the operating system. */
  flushed = 0;

  constructor(connection: number, names: StreamNames) {
    this.connection = connection;
    this.names = names;
  }

  add(stream: number, id: number): void {
    const place = this.written % BLOCK_ENTRIES;
    if (place === 0) this.blocks.push(new Float64Array(2 * BLOCK_ENTRIES));
    const block = this.blocks.at(-1);
    if (block === undefined) return;
    block[2 * place] = stream;
    block[2 * place + 1] = id;
    this.written += 1;
  }

  *entries(): Generator<LedgerEntry> {
    for (let index = 0; index < this.written; index++) {
      const block = this.blocks[Math.floor(index / BLOCK_ENTRIES)];
      const place = index % BLOCK_ENTRIES;
      yield {
        connection: this.connection,
        stream: this.names.at(block?.[2 * place] ?? -1),
        id: block?.[2 * place + 1] ?? -1,
        isFlushed: index < this.flushed,
      };
    }
  }
}
