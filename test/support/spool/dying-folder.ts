/**
 * A spool's folder and a store for a process that is killed at its n-th operation: that one is done by half, where it can
 * be, and neither it nor any later one ever answers.
 */
import type { Store } from '../../../src/jobs/ports.js';
import type { SpoolFolder, SpoolLog } from '../../../src/jobs/recorder-ports.js';
import type { SpoolClock } from '../../../src/jobs/spool/spool-clock.js';

export interface DyingProcess {
  readonly folder: SpoolFolder;
  readonly raw: Store;
  /** Stands still for ever after the kill. */
  readonly clock: SpoolClock;
  /** Resolves at the kill, when what was under way has ended. */
  readonly killed: Promise<'killed'>;
  /** What was written into each segment, in the order of their creation. */
  readonly written: ReadonlyMap<string, string>;
  operations(): number;
  /** Closes the files, as the system does for a killed process. */
  bury(): Promise<void>;
}

export interface LivingProcess {
  readonly folder: SpoolFolder;
  readonly raw: Store;
  readonly clock: SpoolClock;
}

export function dyingProcess(
  { folder: real, raw: store, clock: realClock }: LivingProcess,
  diesAt: number,
): DyingProcess {
  const killing = Promise.withResolvers<'killed'>();
  const written = new Map<string, string>();
  const logs: SpoolLog[] = [];
  const underWay = new Set<Promise<unknown>>();
  let operations = 0;
  const act = async <T>(whole: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    operations += 1;
    if (operations === diesAt) {
      await half?.();
      while (underWay.size > 0) await Promise.allSettled(underWay);
      killing.resolve('killed');
    }
    if (operations >= diesAt) return await new Promise<T>(() => undefined);
    const acting = whole();
    underWay.add(acting);
    try {
      return await acting;
    } finally {
      underWay.delete(acting);
    }
  };
  const dyingLog = (path: string, log: SpoolLog): SpoolLog => {
    const note = (text: string): void => void written.set(path, (written.get(path) ?? '') + text);
    return {
      append: async (text) => {
        const half = text.slice(0, text.length / 2);
        await act(
          () => log.append(text),
          () => log.append(half).then(() => note(half)),
        );
        note(text);
      },
      sync: () => act(() => log.sync()),
      close: () => act(() => log.close()),
    };
  };
  const folder: SpoolFolder = {
    ...real,
    create: async (path) => {
      const log = await act(async () => await real.create(path));
      logs.push(log);
      return dyingLog(path, log);
    },
    write: (path, pieces) =>
      act(
        () => real.write(path, pieces),
        () => real.write(path, [Uint8Array.of(31, 139)]),
      ),
    move: (from, to) => act(() => real.move(from, to)),
    remove: (path) => act(() => real.remove(path)),
  };
  const raw: Store = { ...store, write: (...call) => act(() => store.write(...call)) };
  const bury = async (): Promise<void> => {
    await Promise.allSettled(logs.map((log) => log.close()));
  };
  /** Otherwise what waits for the dead goes on taking turns for ever, beside all tests that follow in this process. */
  const standStill = async (): Promise<void> => {
    if (operations >= diesAt) await new Promise(() => undefined);
  };
  const clock: SpoolClock = {
    ...realClock,
    waitMs: async (durationMs) => {
      await realClock.waitMs(durationMs);
      await standStill();
    },
    turn: async () => {
      await realClock.turn();
      await standStill();
    },
  };
  const { promise: killed } = killing;
  return { folder, raw, clock, killed, written, operations: () => operations, bury };
}
