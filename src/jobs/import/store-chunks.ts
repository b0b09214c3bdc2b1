/** Stores chunks, a few at once, and never over another's: a chunk that is there has to have the same rows. */
import type { CutChunk } from '../../core/import/chunk-cutter.js';
import { nameOfChunk } from '../../core/import/chunk-place.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { refuseBothKinds, type TradeKind, tradeKindOf } from '../../core/import/trade-kind.js';
import { isSameBytes } from '../../core/unit/same-bytes.js';
import { declareImport, type DeclaredRoot, type ImportedRoot } from './declare-import.js';
import type { ImportEffects, ImportRequest } from './import-request.js';
import type { StreamTally } from './stream-tally.js';

const WRITES_IN_FLIGHT_MAX = 4;
const GZIP_ENDING = '.gz';
/** Of a chunk that is there; a larger one is another's in any case. */
const STORED_BYTES_MAX = 536_870_912;

/** What the folder of a day held before a chunk was put there. */
interface ChunksThere {
  readonly names: ReadonlySet<string>;
  /** Of the trades in one of them. */
  readonly tradeKind: TradeKind | undefined;
}

export interface ChunkOptions extends Pick<ImportRequest, 'chunkMinutes' | 'gzip' | 'part'> {
  /** Declared right before the first chunk, so that an import that stores none leaves nothing behind. */
  readonly root: ImportedRoot;
}

export class ChunkShelf {
  private readonly options: ChunkOptions;
  private readonly effects: ImportEffects;
  private readonly tally: StreamTally;
  private readonly inFlight = new Map<string, Promise<void>>();
  /** Names in the folder of the day at which a symbol and stream are. */
  private readonly listed = new Map<
    string,
    { readonly folder: string; readonly there: Promise<ChunksThere> }
  >();
  private readonly failures: unknown[] = [];

  /** Undefined as long as no chunk is stored. */
  declared: DeclaredRoot | undefined;

  constructor(options: ChunkOptions, effects: ImportEffects, tally: StreamTally) {
    this.options = options;
    this.effects = effects;
    this.tally = tally;
  }

  /** Waits while too many are on their way; throws what storing an earlier one threw. */
  async put(chunk: CutChunk): Promise<void> {
    const { chunkMinutes, part, root } = this.options;
    this.declared ??= await declareImport(root, this.effects);
    const name = nameOfChunk(chunk, chunkMinutes, part);
    while (this.inFlight.size >= WRITES_IN_FLIGHT_MAX || this.inFlight.has(name)) {
      await Promise.race(this.inFlight.values());
    }
    if (this.failures.length > 0) throw this.failures[0];
    const storing = this.store(name, chunk)
      .catch((error: unknown) => {
        this.failures.push(error);
      })
      .finally(() => this.inFlight.delete(name));
    this.inFlight.set(name, storing);
  }

  /** Waits for all that are on their way. */
  async settle(): Promise<void> {
    await Promise.all(this.inFlight.values());
  }

  async end(): Promise<void> {
    await this.settle();
    if (this.failures.length > 0) throw this.failures[0];
  }

  private async store(name: string, chunk: CutChunk): Promise<void> {
    const { raw, gzip } = this.effects;
    const packedName = `${name}${GZIP_ENDING}`;
    const { names, tradeKind } = await this.thereBeside(name, chunk);
    refuseBothKinds(tradeKindOf(chunk.header), tradeKind, {
      symbol: chunk.symbol,
      where: `${raw.root}/${name}`,
    });
    for (const there of [name, packedName]) {
      if (!names.has(there)) continue;
      const sizeBytes = await this.sameAs(there, chunk);
      this.tally.addChunk({ chunk, sizeBytes, isUnchanged: true });
      return;
    }
    const wanted = this.options.gzip ? packedName : name;
    const bytes = this.options.gzip ? await gzip(chunk.bytes) : chunk.bytes;
    try {
      const { outcome } = await raw.write(wanted, bytes, 'nothing');
      this.tally.addChunk({ chunk, sizeBytes: bytes.length, isUnchanged: outcome === 'unchanged' });
    } catch (error) {
      if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
      const sizeBytes = await this.sameAs(wanted, chunk);
      this.tally.addChunk({ chunk, sizeBytes, isUnchanged: true });
    }
  }

  private async thereBeside(name: string, { symbol, stream }: CutChunk): Promise<ChunksThere> {
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    const key = `${symbol}/${stream}`;
    const known = this.listed.get(key);
    if (known?.folder === folder) return await known.there;
    const there = chunksIn(folder, this.effects);
    this.listed.set(key, { folder, there });
    return await there;
  }

  /** Stored bytes of a chunk that has the same rows, however it is compressed. Throws a usage error for other ones. */
  private async sameAs(name: string, { bytes }: CutChunk): Promise<number> {
    const { raw, codec } = this.effects;
    const stored = await raw.read(name);
    const content = stored === undefined ? undefined : unpacked(stored.bytes, codec);
    if (stored !== undefined && content !== undefined && isSameBytes(content, bytes)) {
      return stored.bytes.length;
    }
    throw new FlowbarsError('usage', {
      where: `${raw.root}/${name}`,
      what: 'chunk',
      found: 'other rows than those of the files',
      expected:
        'the same rows, or no chunk (--part NAME stores these beside it; another --raw keeps them apart)',
    });
  }
}

/** Undefined for what cannot be unpacked, which is not the same in any case. */
function unpacked(bytes: Uint8Array, codec: ImportEffects['codec']): Uint8Array | undefined {
  try {
    return codec.gunzipIfGzip(bytes, STORED_BYTES_MAX);
  } catch (error) {
    if (error instanceof FlowbarsError) return undefined;
    throw error;
  }
}

/** One chunk is looked at: an import puts no other kind beside it. */
async function chunksIn(
  folder: string,
  { raw, codec }: Pick<ImportEffects, 'raw' | 'codec'>,
): Promise<ChunksThere> {
  const names = new Set((await raw.list(folder)).map(({ name }) => name));
  const [first] = [...names].filter((name) => /\.csv(?:\.gz)?$/.test(name));
  const stored = first === undefined ? undefined : await raw.read(first);
  const content = stored === undefined ? undefined : unpacked(stored.bytes, codec);
  const header = content?.subarray(0, content.indexOf(LINE_FEED));
  return {
    names,
    tradeKind: header === undefined ? undefined : tradeKindOf(codec.decode(header)),
  };
}

const LINE_FEED = 10;
