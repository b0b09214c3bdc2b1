/** The writer without a network: the same facts give the same text, with slots as any other writer has to use them. */
import { type FactSheet, factsById } from '../fact/fact-sheet.js';

/** A sentence that is said where all of its facts are on the sheet. */
type Sentence = string;

/** Events and lines that the text names; the table of facts has all. */
const EVENTS_NAMED_MAX = 3;

export function templateText(sheet: FactSheet): string {
  const facts = factsById(sheet);
  const said = (sentence: Sentence): string[] => {
    const ids = Array.from(sentence.matchAll(/\[\[([a-z._]+)/gu), ([, id]) => id ?? '');
    return ids.every((id) => facts.has(id)) ? [sentence] : [];
  };
  const idsOf = (prefix: string): string[] =>
    [...facts.keys()].filter((id) => id.startsWith(prefix));
  // A reader must not take what is missing for what is calm.
  const lacking = (prefix: string, sentence: Sentence): string[] =>
    idsOf(prefix).length === 0 ? [sentence] : [];
  const paragraphs = [
    [
      'Coverage is [[coverage.share]] of the [[coverage.expected]] in which a recording was due, with [[coverage.outages]].',
      ...(facts.get('coverage.outages')?.value === '1'
        ? said('It took [[coverage.longest]].')
        : said(
            'The longest was [[coverage.longest]]; together they took [[coverage.outage_time]].',
          )),
      'There is [[coverage.unproven]], and the manifest calls the day [[coverage.status]], with [[coverage.findings]] worth a look.',
      ...said('All that follows describes [[coverage.traded_minutes]].'),
    ],
    [
      ...said(
        'The price opened at [[price.open]], [[price.change_bps]] over the recorded time and closed at [[price.close]].',
      ),
      ...said(
        'It moved between a low of [[price.low]] at [[price.low_time]] and a high of [[price.high]] at [[price.high_time]], a range of [[price.range_bps]].',
      ),
      ...said('The largest move of a minute came at [[price.largest_minute]].'),
    ],
    [
      ...said(
        'Volume came to [[flow.volume]] in [[flow.trades]], [[flow.buy_share]]: [[flow.delta]].',
      ),
      ...said('Trades of the same millisecond and side form [[flow.taker_orders]].'),
      ...said(
        'Orders of at least [[flow.large_limit]] account for [[flow.large_share]] of the volume, with [[flow.large_delta]]; the largest took [[flow.largest_order]].',
      ),
      ...said('The busiest minute was [[flow.busiest_minute]].'),
    ],
    [
      ...said('The spread averaged [[book.spread]], which is [[book.spread_bps]] of the price.'),
      ...said('At its widest it was [[book.spread_max]].'),
      ...said(
        'Depth in view averaged [[book.depth_bid]] and [[book.depth_ask]]; the imbalance of the book averaged [[book.imbalance]].',
      ),
    ],
    [...patternSentences(idsOf('patterns.'), idsOf('event.'))],
    [
      ...lacking('price.', 'There is no fact of the price on file.'),
      ...lacking('flow.', 'There is no fact of the flow on file.'),
      ...lacking('book.', 'There is no fact of the book on file.'),
      ...lacking('patterns.', 'There are no patterns on file.'),
    ],
    [
      ...said('The scoreboard of the day shows [[score.evidence]].'),
      ...modelSentence(idsOf('model.')),
      'This report describes what was recorded and says nothing of what comes after it.',
    ],
  ];
  return paragraphs
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
    .join('\n\n');
}

function patternSentences(patterns: readonly string[], events: readonly string[]): string[] {
  if (patterns.length === 0) return [];
  const kinds = patterns.filter((id) => id !== 'patterns.total').map(slot);
  const named = events.slice(0, EVENTS_NAMED_MAX).map(slot);
  return [
    kinds.length === 0
      ? 'The pattern rules found [[patterns.total]].'
      : `The pattern rules found [[patterns.total]]: ${listed(kinds, ', ')}.`,
    ...(named.length === 0
      ? []
      : [
          `Measured against their own thresholds, the strongest ${named.length === 1 ? 'was' : 'were'} ${listed(named, ', then ')}.`,
        ]),
  ];
}

function modelSentence(models: readonly string[]): string[] {
  return models.length === 0
    ? []
    : [
        `Of the models on file, judged over all days of their dataset: ${listed(models.map(slot), '; ')}.`,
      ];
}

function slot(id: string): string {
  return `[[${id}]]`;
}

function listed(parts: readonly string[], between: string): string {
  return parts.join(between);
}
