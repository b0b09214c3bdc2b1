/** Makes the files of a batch in its stage, with the list by which they are stored later. */
import { asciiBytes } from '../../core/spool/ascii.js';
import { batchText, type BatchList, type Destination } from '../../core/spool/batch-list.js';
import type { SpoolFolder } from '../recorder-ports.js';
import { BATCH_FILE, sendFolder } from './spool-places.js';

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Files that wait together: of a minute, or of an hour. */
export interface PendingBatch {
  readonly name: string;
  readonly list: BatchList;
}

export class BatchStage {
  private readonly name: string;
  private readonly folder: SpoolFolder;
  private readonly objects: string[] = [];
  private bytes = 0;

  constructor(name: string, folder: SpoolFolder) {
    this.name = name;
    this.folder = folder;
  }

  async add(object: string, pieces: Pieces): Promise<void> {
    const index = this.objects.push(object) - 1;
    await this.folder.write(`${sendFolder(this.name)}/${index}`, this.counted(pieces));
  }

  /** Writes the list; undefined if there is no file. */
  async close({ root, market, span }: Destination): Promise<PendingBatch | undefined> {
    const { name, objects, bytes } = this;
    if (objects.length === 0) return undefined;
    const list = { root, market, span, bytes, objects };
    await this.folder.write(`${sendFolder(name)}/${BATCH_FILE}`, [asciiBytes(batchText(list))]);
    return { name, list };
  }

  private async *counted(pieces: Pieces): AsyncGenerator<Uint8Array> {
    for await (const bytes of pieces) {
      this.bytes += bytes.length;
      yield bytes;
    }
  }
}
