/** Figures as a person reads them. Files and JSON never go through here. */

const MEGABYTE = 1_000_000;

/** `1,234,567`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `12.3 MB`; from 100 MB on without decimals. */
export function formatMegabytes(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return `${megabytes < 100 ? megabytes.toFixed(1) : formatCount(Math.round(megabytes))} MB`;
}

/** `98.3 MB/s`. */
export function formatRate(bytes: number, durationMs: number): string {
  return durationMs <= 0 ? '– MB/s' : `${formatMegabytes((bytes / durationMs) * 1_000)}/s`;
}

/** `0:09`, `12:34`, `3:00:00`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  const clock = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3_600);
  const [minutes = 0, rest = 0] = clock;
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** `99.9821%`: cut, never rounded up, so that 100% means all of it. */
export function formatShare(share: number | null): string {
  if (share === null) return '–';
  const percent = Math.floor(share * 1e6 + 1e-6) / 1e4;
  return `${percent}%`;
}
