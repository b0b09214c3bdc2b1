/** Names the causes of a computed day's outages from the sidecars of recorders. What cannot be read of them is a finding. */
import { causedEvidence, type UnreadableSidecar } from '../../core/day/caused-evidence.js';
import { heardIn, type HourHeard } from '../../core/evidence/heard.js';
import { isSidecar } from '../../core/sidecar/sidecar.js';
import {
  SIDECAR_BYTES_MAX,
  SIDECARS_BYTES_MAX,
  SIDECARS_MAX,
} from '../../core/sidecar/wanted-sidecars.js';
import type { SidecarObject } from '../../core/stored/quality-report.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import { quoted } from '../../core/unit/typed-text.js';
import { mapBounded } from '../map-bounded.js';
import type { Codec, Effects, Store, StoredObject } from '../ports.js';
import { listSidecars } from '../stored/list-sidecars.js';
import type { ComputedDay } from './day-outcome.js';

/** Sidecars of one symbol-day read at once. */
const SIDECARS_AT_ONCE = 8;
const VERSION = 1;

/** Throws FlowbarsErrors of kind `world`. */
export async function nameCauses(
  computed: ComputedDay,
  { raw, codec }: Pick<Effects, 'raw' | 'codec'>,
): Promise<ComputedDay> {
  const { day, evidence } = computed;
  const { wanted, passedOver } = await listSidecars(evidence.silence.outages, raw);
  const read = await mapBounded(wanted, SIDECARS_AT_ONCE, async (listed) =>
    readSidecar(listed, day.symbol, { raw, codec }),
  );
  const there = read.filter((one) => one !== undefined);
  const unreadable = [
    ...there.flatMap(({ said }) => ('found' in said ? [said] : [])),
    ...passedOver.map(beyondLimit),
  ];
  const hours = there.flatMap(({ said }) => ('found' in said ? [] : [said]));
  return {
    ...computed,
    evidence: causedEvidence(evidence, hours, unreadable),
    sidecars: there.map(({ object }) => object),
  };
}

interface ReadSidecar {
  readonly object: SidecarObject;
  readonly said: HourHeard | UnreadableSidecar;
}

/** Undefined if it is gone since it was listed. Keeps what concerns the symbol: the others of a large one are many. */
async function readSidecar(
  listed: StoredObject,
  symbol: string,
  { raw, codec }: { readonly raw: Store; readonly codec: Codec },
): Promise<ReadSidecar | undefined> {
  const { name } = listed;
  const content = await raw.read(name, listed);
  if (content === undefined) return undefined;
  const { bytes, crc32c } = content;
  const object = { name, size: bytes.length, crc32c };
  return { object, said: parseSidecar(name, symbol, codec.decode(bytes)) };
}

function parseSidecar(name: string, symbol: string, text: string): HourHeard | UnreadableSidecar {
  const value = readJson(text);
  const version = isDictionary(value) ? value['sidecar_version'] : undefined;
  if (version === VERSION && isSidecar(value)) return heardIn(value, symbol);
  const found =
    version === undefined || version === VERSION
      ? quoted(text.slice(0, 40))
      : `sidecar_version ${JSON.stringify(version)}`;
  return { name, found, expected: `a recorder's sidecar, sidecar_version ${VERSION}` };
}

function beyondLimit({ name, sizeBytes }: StoredObject): UnreadableSidecar {
  return sizeBytes > SIDECAR_BYTES_MAX
    ? { name, found: `${sizeBytes} bytes`, expected: `at most ${SIDECAR_BYTES_MAX}` }
    : {
        name,
        found: 'one more',
        expected: `at most ${SIDECARS_MAX} and ${SIDECARS_BYTES_MAX} bytes for a symbol-day`,
      };
}
