/** Tells the log what happens to the connections of a recorder. */
import type { FeedNote } from '../../core/feed/feed-note.js';
import { unreachable } from '../../core/unit/errors.js';
import type { Log, Severity } from '../ports.js';

/** Pongs and duplicates are evidence, and no news. */
export function logNote(note: FeedNote, log: Log): void {
  const news = eventOf(note);
  if (news !== undefined) log.event(news.severity, news.name, news.fields);
}

/** Reasons of a close that was meant (line-connections.ts). */
const INTENDED: readonly string[] = ['stopped', 'renewed', 'replaced'];

interface Told {
  readonly severity: Severity;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function eventOf(note: FeedNote): Told | undefined {
  switch (note.is) {
    case 'begun': {
      const { market, endpoint, lines } = note;
      const symbols = lines.map(({ stream, symbols: some }) => `${stream} of ${some.length}`);
      return told('INFO', 'session_begun', { market, endpoint, lines: symbols });
    }
    case 'opened': {
      const { line, connection, route, why } = note;
      return told('INFO', 'connection_opened', { line, connection, route, why });
    }
    case 'delivering':
      return told('DEBUG', 'connection_delivering', {
        line: note.line,
        connection: note.connection,
      });
    case 'closed': {
      const { line, connection, why, frames } = note;
      const severity = INTENDED.includes(why) ? 'INFO' : 'WARNING';
      return told(severity, 'connection_closed', { line, connection, why, frames });
    }
    case 'refused': {
      const { line, connection, why } = note;
      return told('WARNING', 'connection_refused', { line, connection, why });
    }
    case 'doubt': {
      const { line, doubt, symbol = null, sinceUs, atUs } = note;
      const seconds = Math.round((atUs - sinceUs) / 1e6);
      return told('WARNING', 'stream_doubtful', { line, doubt, symbol, seconds });
    }
    case 'broken': {
      const { line, connection, found, expected } = note;
      return told('WARNING', 'frame_broken', { line, connection, found, expected });
    }
    case 'ended':
      return told('INFO', 'session_ended', {});
    case 'garbage':
    case 'stalled':
    case 'pong':
    case 'duplicates':
      return undefined;
    default:
      return unreachable(note);
  }
}

function told(severity: Severity, name: string, fields: Told['fields']): Told {
  return { severity, name, fields };
}
