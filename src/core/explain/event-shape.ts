/** The part of the document that explains an event of the patterns file. */

export const EXPLAINED_EVENT_SHAPES = {
  condition_window: {
    is: 'object',
    about: 'The rows whose values a quantile was taken of.',
    fields: {
      percent: { is: 'count', max: 100, about: '95: at most 95 % of the values lie below it.' },
      values: { is: 'count', about: 'Values among them.' },
      from_line: {
        is: 'count',
        min: 2,
        about: 'First line of the 1s files; line 1 is the header.',
      },
      to_line: { is: 'count', min: 2, about: 'Last line, included.' },
    },
  },
  explained_condition: {
    is: 'object',
    about: 'A condition of a rule.',
    fields: {
      says: { is: 'text', about: 'In words, with the quantity that is compared.' },
      value: { is: 'text', orNull: true, about: 'The quantity; null without a value.' },
      relation: {
        is: 'word',
        of: ['≥', '≤', '>', '<', 'has'],
        about: 'How it must lie to the threshold. has: it only has to be there.',
      },
      threshold: { is: 'text', orNull: true, about: 'What it is compared with; null without one.' },
      holds: { is: 'truth', about: 'Whether it holds.' },
      window: {
        is: 'ref',
        to: 'condition_window',
        orNull: true,
        about: 'Null for a threshold that is no quantile, and without rows before it.',
      },
    },
  },
  event_follow: {
    is: 'object',
    about: 'What followed an event. Look-ahead, for judging only.',
    fields: {
      seconds: { is: 'count', about: 'Seconds after it.' },
      bps: { is: 'decimal', orNull: true, about: 'Move in its direction; null if not known.' },
      price: { is: 'decimal', orNull: true, about: 'Reference price then.' },
    },
  },
  explained_event: {
    is: 'object',
    about: 'An event of the patterns file.',
    fields: {
      file: { is: 'name', about: 'The patterns file, below the output root.' },
      line: { is: 'count', min: 2, about: 'Its line.' },
      pattern: { is: 'ref', to: 'pattern_name', about: 'The pattern.' },
      direction: { is: 'word', of: ['down', 'up'], about: 'Where it points.' },
      confirmed: { is: 'second', about: 'End of its last row.' },
      from: { is: 'second', about: 'Begin of its window.' },
      from_line: { is: 'count', min: 2, about: 'First line of its window in the 1s files.' },
      to_line: { is: 'count', min: 2, about: 'Last line, included.' },
      price: { is: 'decimal', about: 'Reference price, as published.' },
      strength: { is: 'decimal', about: 'As published.' },
      threshold: { is: 'decimal', about: 'As published.' },
      same: { is: 'truth', about: 'The 1s files give the same event again.' },
      detail: { is: 'text', about: 'Why it is not the same; may be empty.' },
      conditions: {
        is: 'list',
        of: { is: 'ref', to: 'explained_condition' },
        about: 'Of the event.',
      },
      control_holds: { is: 'truth', about: 'The control holds here as well.' },
      control: {
        is: 'list',
        of: { is: 'ref', to: 'explained_condition' },
        about: 'Of its control.',
      },
      found_price: { is: 'decimal', about: 'Reference price, from the 1s files.' },
      outcomes: { is: 'list', of: { is: 'ref', to: 'event_follow' }, about: 'By horizon.' },
    },
  },
} as const;
