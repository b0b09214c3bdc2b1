/**
 * Keeps one warning from the terminal: the storage client adds an eleventh listener to its own
 * streams on nearly every write. All other warnings are printed as ever.
 */
const QUIET_NAME = 'MaxListenersExceededWarning';

let isQuiet = false;

/** To be called before the client is used; a second call changes nothing. */
export function quietListenerWarnings(): void {
  if (isQuiet) return;
  isQuiet = true;
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === QUIET_NAME) return;
    for (const print of printers) print(warning);
  });
}
