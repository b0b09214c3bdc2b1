/**
 * Hides two warnings of Google's clients: the storage client adds an eleventh listener to its own
 * streams on nearly every write, and the search for credentials outside Google Cloud warns before it
 * fails. All other warnings are still printed.
 */
const QUIET_NAMES: readonly string[] = ['MaxListenersExceededWarning', 'MetadataLookupWarning'];

let isQuiet = false;

/** Call it before using the client; a second call changes nothing. */
export function quietClientWarnings(): void {
  if (isQuiet) return;
  isQuiet = true;
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (QUIET_NAMES.includes(warning.name)) return;
    for (const print of printers) print(warning);
  });
}
