/**
 * Keeps two warnings of Google's clients from the terminal: the storage client adds an eleventh
 * listener to its own streams on nearly every write, and a search for credentials outside of Google
 * Cloud warns before it fails. All other warnings are printed as ever.
 */
const QUIET_NAMES: readonly string[] = ['MaxListenersExceededWarning', 'MetadataLookupWarning'];

let isQuiet = false;

/** To be called before the client is used; a second call changes nothing. */
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
