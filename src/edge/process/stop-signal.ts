/** SIGINT and SIGTERM as a promise. It ends nothing; the listener decides. */

export type StopSignal = 'SIGINT' | 'SIGTERM';

export interface StopListener {
  /** Settles at the first signal; pending until then. */
  readonly stopped: Promise<StopSignal>;
  /** Restores the default of the signals, which ends the process. */
  readonly close: () => void;
}

export function listenForStop(): StopListener {
  const { promise, resolve } = Promise.withResolvers<StopSignal>();
  const onInterrupt = (): void => resolve('SIGINT');
  const onTerminate = (): void => resolve('SIGTERM');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  const close = (): void => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  };
  return { stopped: promise, close };
}

/** From now on a signal ends the process at once: for what has been told to stop, and may take a while. */
export function endAtNextSignal(): void {
  process.removeAllListeners('SIGINT');
  process.removeAllListeners('SIGTERM');
}
