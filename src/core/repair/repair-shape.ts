/** The document of `flowbars repair --json`, declared once. It is not stored. */
import { DAY_RULES, type RuleTable } from '../rule/rule-table.js';
import { storedShape } from '../rule/rules.js';
import type { Shape, Shapes, ValueOf } from '../shape/shape.js';

const REPAIR_PARTS = {
  state: {
    is: 'object',
    fields: {
      status: {
        is: 'word',
        of: ['complete', 'partial', 'empty', 'failed'],
        only: ['complete', 'partial', 'empty'],
        about: 'Status in the quality report.',
      },
      coverage: { is: 'share', about: 'Coverage in the quality report.' },
      trades: { is: 'count', about: 'Used trade rows.' },
    },
  },
  change: {
    is: 'object',
    fields: {
      time: { is: 'second', about: 'Open time of the bar.' },
      before: { is: 'decimal', about: 'Its cell before.' },
      after: { is: 'decimal', about: 'Its cell after.' },
      difference: { is: 'decimal', about: 'after - before, exact.' },
      share: {
        is: 'decimal',
        orNull: true,
        about: 'difference / before, half up to 8 decimals; null if before is 0.',
      },
    },
  },
  compared_bars: {
    is: 'object',
    fields: {
      resolution: { is: 'name', about: 'Length of the bars.' },
      bars: { is: 'count', about: 'Bars of the day.' },
      different: {
        is: 'count',
        orNull: true,
        about: 'Bars with any different cell; null if there is no whole file to compare with.',
      },
      close: {
        is: 'ref',
        to: 'change',
        orNull: true,
        about: 'The largest change of close, the first of several; null without one.',
      },
      volume: {
        is: 'ref',
        to: 'change',
        orNull: true,
        about: 'The largest change of vol_total, the first of several; null without one.',
      },
    },
  },
  compared_file: {
    is: 'object',
    fields: {
      kind: { is: 'name', about: 'What it holds, as in the quality report.' },
      format: { is: 'name', about: 'How it is written, as in the quality report.' },
      resolution: {
        is: 'name',
        orNull: true,
        about: 'Length of its rows; null for a kind that has one file a day.',
      },
      changed: {
        is: 'truth',
        orNull: true,
        about:
          'Whether its bytes are others than before; null if there is nothing to compare it with.',
      },
    },
  },
  repaired_day: {
    is: 'object',
    fields: {
      symbol: { is: 'name', about: 'The instrument.' },
      date: { is: 'day', about: 'The UTC day.' },
      cause: {
        is: 'word',
        of: ['unpublished', 'inputs', 'rules', 'files', 'manifest'],
        about: 'What differs from what was published.',
      },
      detail: { is: 'name', about: 'The cause in words.' },
      outcome: {
        is: 'word',
        of: ['repaired', 'failed', 'undone', 'not_started'],
        orNull: true,
        about: 'Result of the repair; null in a dry run.',
      },
      run_id: {
        is: 'text',
        orNull: true,
        about: 'The run that computed it; null if none did.',
      },
      problem: {
        is: 'text',
        orNull: true,
        about: 'Why it is not repaired; null if it is, or if nothing was started.',
      },
      before: {
        is: 'ref',
        to: 'state',
        orNull: true,
        about: 'What was published; null if nothing was, or if it cannot be read.',
      },
      after: {
        is: 'ref',
        to: 'state',
        orNull: true,
        about: 'What is published now; null as for before, and in a dry run.',
      },
      trades_added: {
        is: 'integer',
        orNull: true,
        about: 'Trades after minus trades before; null if either is unknown.',
      },
      bars: {
        is: 'list',
        of: { is: 'ref', to: 'compared_bars' },
        about: 'Each resolution that is published now, finest first; empty unless repaired.',
      },
      files: {
        is: 'list',
        of: { is: 'ref', to: 'compared_file' },
        about: 'Each other file that is published now, without the report; empty unless repaired.',
      },
    },
  },
  run: {
    is: 'object',
    fields: {
      run_id: { is: 'text', orNull: true, about: 'The run; null if it was not started.' },
      end: {
        is: 'word',
        of: ['done', 'world_failed', 'broken', 'stopped'],
        orNull: true,
        about: 'How it ended; null if it was not started.',
      },
      message: {
        is: 'text',
        orNull: true,
        about: 'Why the end is not done; null otherwise.',
      },
      from: { is: 'day', about: 'Its first day.' },
      to: { is: 'day', about: 'Its last day.' },
      symbols: {
        is: 'list',
        of: { is: 'text' },
        about: 'Its symbols; the run computes each on every day.',
      },
      symbol_days: { is: 'count', about: 'Symbols times days.' },
      rules: {
        is: 'ref',
        to: 'run_rules',
        about:
          'The rules it computes by. In a run through a workflow all but resolutions, outputs and formats are null: the job has its own.',
      },
    },
  },
  noted_day: {
    is: 'object',
    fields: {
      symbol: { is: 'text', orNull: true, about: 'The instrument; null for the whole day.' },
      date: { is: 'day', about: 'The UTC day.' },
      detail: { is: 'name', about: 'The reason in words.' },
    },
  },
  outcomes: {
    is: 'object',
    fields: {
      repaired: { is: 'count', about: 'Published again, or found up to date.' },
      failed: {
        is: 'count',
        about: 'The data could not be computed; the published files stay.',
      },
      undone: {
        is: 'count',
        about: 'Storage, network or machine failed; start again to finish them.',
      },
      not_started: {
        is: 'count',
        about: 'Not started because storage, network or machine failed in a run before.',
      },
    },
  },
  repair: {
    is: 'object',
    about: 'What was stale, which runs computed it again, and what that changed.',
    fields: {
      good: {
        is: 'truth',
        about: 'Whether the exit code is 0: everything stale is repaired, or nothing was stale.',
      },
      dry_run: {
        is: 'truth',
        about: 'Whether it is a dry run: nothing was started; days and runs show the plan.',
      },
      from: { is: 'day', about: 'First day that was checked.' },
      to: { is: 'day', about: 'Last day that was checked.' },
      symbol_days: { is: 'count', about: 'Symbol-days that were checked.' },
      stale: {
        is: 'count',
        about: 'Symbol-days among them that a new computation would change.',
      },
      outcomes: {
        is: 'ref',
        to: 'outcomes',
        about: 'Stale symbol-days by outcome; all 0 in a dry run.',
      },
      days: {
        is: 'list',
        of: { is: 'ref', to: 'repaired_day' },
        about: 'Every stale symbol-day, by date, then by symbol.',
      },
      runs: {
        is: 'list',
        of: { is: 'ref', to: 'run' },
        about: 'The runs, in order.',
      },
      left: {
        is: 'list',
        of: { is: 'ref', to: 'noted_day' },
        about: 'Stale only because raw objects no longer exist, and left as published.',
      },
      unreadable: {
        is: 'list',
        of: { is: 'ref', to: 'noted_day' },
        about: 'What could not be checked.',
      },
    },
  },
} as const;

/** `run_rules` follow from the table of rules. */
type Named = typeof REPAIR_PARTS & { readonly run_rules: { readonly is: 'open' } };

export type RepairDocument = ValueOf<Named['repair'], Named>;

export function repairShapes(table: RuleTable = DAY_RULES): Shapes {
  const resolutions: Shape = {
    is: 'list',
    of: { is: 'text' },
    about: 'Requested bar lengths.',
  };
  const stored = Object.entries(storedShape(table).fields);
  const rules = stored.map(([name, shape]): [string, Shape] => [name, { ...shape, orNull: true }]);
  const outputs: Shape = {
    is: 'list',
    of: { is: 'text' },
    about: 'Requested kinds of files.',
  };
  const formats: Shape = { is: 'list', of: { is: 'text' }, about: 'Requested formats.' };
  const fields = { resolutions, outputs, formats, ...Object.fromEntries(rules) };
  return { ...REPAIR_PARTS, run_rules: { is: 'object', fields } };
}
