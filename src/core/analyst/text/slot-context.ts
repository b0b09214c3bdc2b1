/** What stands around a slot: what touches it, what bends it, and which fact the words before it name. */
import type { Reason } from './reasons.js';
import type { Piece } from './slots.js';

/** Right before a slot these turn what it prints into something else. */
const BENDING: ReadonlySet<string> = new Set(
  'not no never than without minus plus over under except neither nor versus per almost nearly barely hardly scarcely before after until till past beyond within'.split(
    ' ',
  ),
);
const BENDING_END =
  /(?:\b(?:far from|short of|or so|instead of|rather|but|nowhere near|close to|next to|opposite of|contrary to)|[-–—])[\s("“]*$/iu;
/** Anywhere before a slot in its clause, or behind it. */
const NEGATION =
  /\b(?:not|never|no|nowhere|hardly|barely|scarcely|neither|nor|unlike|cannot|(?:is|was|were|are|do|does|did|has|had|have)n['’]?t)\b/iu;
/** Behind a slot a noun may have a `no` of its own. */
const NEGATION_BEHIND =
  /\b(?:not|never|hardly|barely|scarcely|cannot|(?:is|was|were|are|do|does|did|has|had|have)n['’]?t)\b/iu;

/** Right behind a slot these would give it another unit. */
const UNITS_BEHIND =
  /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|dollars?|euros?|cents?|usdt?|btc|eth|coins?|contracts?|points?|trades?|orders?|events?|outages?|snapshots?|findings?|lines?|models?|levels?|lots?|units?|degrees?|digits?|per|each|apiece)$/u;
const RATE_BEHIND =
  /^\s+(?:an?|every)\s+(?:second|minute|hour|day|week|month|year|trade|order)\b/iu;

/** The fact that a word names, and the slots that may follow it. The last such word of a clause counts. */
const ROLES: readonly { readonly word: RegExp; readonly ids: RegExp }[] = [
  { word: /^open(?:s|ed|ing)?$/u, ids: /^price\.(?:open|change_bps)$/u },
  { word: /^clos(?:e|es|ed|ing)$/u, ids: /^price\.(?:close|change_bps)$/u },
  { word: /^highs?$/u, ids: /^price\.high/u },
  { word: /^lows?$/u, ids: /^price\.low/u },
  {
    word: /^(?:maximum|maxima)$/u,
    ids: /^(?:price\.(?:high|largest)|book\.spread_max|flow\.(?:largest|busiest))/u,
  },
  { word: /^(?:minimum|minima)$/u, ids: /^price\.low/u },
  { word: /^(?:average|averaged|averages|mean)$/u, ids: /^book\.(?!spread_max)/u },
  { word: /^price$/u, ids: /^price\./u },
  { word: /^cover(?:s|ed|age)$/u, ids: /^coverage\./u },
  { word: /^(?:volume|turnover|delta)$/u, ids: /^flow\./u },
  { word: /^spreads?$/u, ids: /^book\.spread/u },
  { word: /^depth$/u, ids: /^book\.depth/u },
];
/** The same for words that name a fact only with what follows them. */
const ENDINGS: readonly { readonly words: RegExp; readonly ids: RegExp }[] = [
  { words: /\b(?:average|mean) spread\b[a-z\s]*$/iu, ids: /^book\.spread(?!_max)/u },
  {
    words: /\b(?:ended|ends|finished|settled|last (?:price|trade))(?: [a-z]+){0,3} at\s+$/iu,
    ids: /^price\.close$/u,
  },
  { words: /\b(?:began|begins|started|starts)(?: [a-z]+){0,3} at\s+$/iu, ids: /^price\.open$/u },
];
/** `[[price.high]] was the close`. */
const NAMED_BEHIND =
  /^\s+(?:is|was|being|as|marked|gives|gave)\s+(?:(?:the|its|a|day['’]s)\s+)*([a-z]+)/iu;

export function contextReasons(pieces: readonly Piece[]): Reason[] {
  return pieces.flatMap((piece, index) => {
    if (piece.kind === 'prose') return [];
    const [before, behind] = [textAt(pieces, index - 1), textAt(pieces, index + 1)];
    return [
      ...beforeReasons(before, index === 1),
      ...behindReasons(behind, index === pieces.length - 2),
      ...roleReasons(piece.id, before, behind),
    ];
  });
}

/** Pieces are prose and slots by turns. */
function textAt(pieces: readonly Piece[], index: number): string {
  const piece = pieces[index];
  return piece?.kind === 'prose' ? piece.text : '';
}

function behindReasons(text: string, isLast: boolean): Reason[] {
  const isEnd = isLast && text === '';
  // Two numbers with nothing but a space between them read as one.
  const isApart = isEnd || (/^[ \n.,;:)"”?!]/u.test(text) && (isLast || text.trim() !== ''));
  const [, word = ''] = /^[ \n]+([A-Za-z]+)/u.exec(text) ?? [];
  const unit = UNITS_BEHIND.test(word.toLowerCase()) || RATE_BEHIND.test(text);
  const [clause = ''] = text.split(/[.,;:!?]/u);
  return [
    ...(isApart ? [] : [{ code: 'touching_slot', about: '' } as const]),
    ...(unit ? [{ code: 'unit_word', about: word.toLowerCase() } as const] : []),
    ...(NEGATION_BEHIND.test(clause) ? [{ code: 'bent_slot', about: '' } as const] : []),
  ];
}

function beforeReasons(text: string, isFirst: boolean): Reason[] {
  const isApart = (isFirst && text === '') || /[ \n("“]$/u.test(text);
  const [, word = ''] = /([A-Za-z]+)[ \n("“]+$/u.exec(text) ?? [];
  const isBent =
    BENDING.has(word.toLowerCase()) || BENDING_END.test(text) || NEGATION.test(clauseOf(text));
  return [
    ...(isApart ? [] : [{ code: 'touching_slot', about: '' } as const]),
    ...(isBent ? [{ code: 'bent_slot', about: '' } as const] : []),
  ];
}

function roleReasons(id: string, before: string, behind: string): Reason[] {
  const words = clauseOf(before)
    .toLowerCase()
    // A ratio to it, no price.
    .replaceAll('of the price', '')
    .split(/[^a-z]+/u);
  const last = words.findLast((word) => roleOf(word) !== undefined);
  const named = NAMED_BEHIND.exec(behind)?.[1]?.toLowerCase();
  const other = [last, named].find(
    (word) => word !== undefined && roleOf(word)?.test(id) === false,
  );
  const isOther = ENDINGS.some(({ words: ending, ids }) => ending.test(before) && !ids.test(id));
  return other === undefined && !isOther ? [] : [{ code: 'misplaced_slot', about: other ?? '' }];
}

function roleOf(word: string): RegExp | undefined {
  return ROLES.find((role) => role.word.test(word))?.ids;
}

/** What stands since the last stop. */
function clauseOf(text: string): string {
  return text.split(/[.;:!?]/u).at(-1) ?? '';
}
