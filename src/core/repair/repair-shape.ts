/** The document of `flowbars repair --json`, declared once. It is stored nowhere. */
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
        about: 'Of the quality report.',
      },
      coverage: { is: 'share', about: 'Of the quality report.' },
      trades: { is: 'count', about: 'Used trade rows.' },
    },
  },
  change: {
    is: 'object',
    fields: {
      time: { is: 'second', about: 'Stamp of the bar: its open time.' },
      before: { is: 'decimal', about: 'Its cell before.' },
      after: { is: 'decimal', about: 'Its cell now.' },
      difference: { is: 'decimal', about: 'after - before, exact.' },
      share: {
        is: 'decimal',
        orNull: true,
        about: 'difference / before, half up to 8 decimals; null where before is 0.',
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
        about: 'Bars of which any cell differs; null where there is nothing whole to compare with.',
      },
      close: {
        is: 'ref',
        to: 'change',
        orNull: true,
        about: 'The largest change of close, of several the first; null without one.',
      },
      volume: {
        is: 'ref',
        to: 'change',
        orNull: true,
        about: 'The largest change of vol_total, of several the first; null without one.',
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
        about: 'What is not as it was published.',
      },
      detail: { is: 'name', about: 'The same for a person.' },
      outcome: {
        is: 'word',
        of: ['repaired', 'failed', 'undone', 'not_started'],
        orNull: true,
        about: 'What came of it; null in a dry run.',
      },
      run_id: {
        is: 'text',
        orNull: true,
        about: 'The run that computed it; null where none did.',
      },
      problem: {
        is: 'text',
        orNull: true,
        about: 'Why it is not repaired; null where it is, or where nothing was started.',
      },
      before: {
        is: 'ref',
        to: 'state',
        orNull: true,
        about: 'What was published; null: nothing, or nothing that can be read.',
      },
      after: {
        is: 'ref',
        to: 'state',
        orNull: true,
        about: 'What is published now; null as before, and in a dry run.',
      },
      trades_added: {
        is: 'integer',
        orNull: true,
        about: 'Trades of after less those of before; null where one of them is not known.',
      },
      bars: {
        is: 'list',
        of: { is: 'ref', to: 'compared_bars' },
        about: 'Each resolution that is published now, finest first; none unless it is repaired.',
      },
    },
  },
  run: {
    is: 'object',
    fields: {
      run_id: { is: 'text', orNull: true, about: 'The run; null where it was not started.' },
      end: {
        is: 'word',
        of: ['done', 'world_failed', 'broken', 'stopped'],
        orNull: true,
        about: 'How it ended; null where it was not started.',
      },
      message: {
        is: 'text',
        orNull: true,
        about: 'What there is to say of an end that is not done.',
      },
      from: { is: 'day', about: 'Its first day.' },
      to: { is: 'day', about: 'Its last day.' },
      symbols: {
        is: 'list',
        of: { is: 'text' },
        about: 'Its symbols, each on each of its days.',
      },
      symbol_days: { is: 'count', about: 'Symbols times days.' },
      rules: {
        is: 'ref',
        to: 'run_rules',
        about:
          'By which it computes. Through a workflow all but its resolutions are null: the job has them.',
      },
    },
  },
  noted_day: {
    is: 'object',
    fields: {
      symbol: { is: 'text', orNull: true, about: 'The instrument; null: the whole day.' },
      date: { is: 'day', about: 'The UTC day.' },
      detail: { is: 'name', about: 'Why.' },
    },
  },
  outcomes: {
    is: 'object',
    fields: {
      repaired: { is: 'count', about: 'Published anew, or found to be as they should.' },
      failed: {
        is: 'count',
        about: 'The data could not be computed; what was published stands.',
      },
      undone: {
        is: 'count',
        about: 'Storage, network or machine failed: a second start finishes them.',
      },
      not_started: { is: 'count', about: 'Of runs behind one that the world failed.' },
    },
  },
  repair: {
    is: 'object',
    about: 'What was stale, which runs computed it again, and what that changed.',
    fields: {
      good: {
        is: 'truth',
        about: 'The exit code is 0: everything stale is repaired, or nothing was stale.',
      },
      dry_run: {
        is: 'truth',
        about: 'Nothing was started; days and runs say what would be.',
      },
      from: { is: 'day', about: 'First day that was looked at.' },
      to: { is: 'day', about: 'Last day that was looked at.' },
      symbol_days: { is: 'count', about: 'Symbol-days that were looked at.' },
      stale: {
        is: 'count',
        about: 'Symbol-days among them that computing again would change.',
      },
      outcomes: {
        is: 'ref',
        to: 'outcomes',
        about: 'Stale symbol-days by outcome; none of a dry run.',
      },
      days: {
        is: 'list',
        of: { is: 'ref', to: 'repaired_day' },
        about: 'Every stale symbol-day, by date, then by symbol.',
      },
      runs: {
        is: 'list',
        of: { is: 'ref', to: 'run' },
        about: 'The runs, in their order.',
      },
      left: {
        is: 'list',
        of: { is: 'ref', to: 'noted_day' },
        about: 'Stale by raw objects that are gone alone, and left as published.',
      },
      unreadable: {
        is: 'list',
        of: { is: 'ref', to: 'noted_day' },
        about: 'What could not be looked at.',
      },
    },
  },
} as const;

/** `run_rules` follow from the table of rules, whichever it is. */
type Named = typeof REPAIR_PARTS & { readonly run_rules: { readonly is: 'open' } };

export type RepairDocument = ValueOf<Named['repair'], Named>;

export function repairShapes(table: RuleTable = DAY_RULES): Shapes {
  const resolutions: Shape = {
    is: 'list',
    of: { is: 'text' },
    about: 'Bar lengths that are asked for.',
  };
  const stored = Object.entries(storedShape(table).fields);
  const rules = stored.map(([name, shape]): [string, Shape] => [name, { ...shape, orNull: true }]);
  const fields = { resolutions, ...Object.fromEntries(rules) };
  return { ...REPAIR_PARTS, run_rules: { is: 'object', fields } };
}
