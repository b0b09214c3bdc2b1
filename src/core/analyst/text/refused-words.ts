/**
 * Words that no writer may use outside a slot, each with its inflections: numbers, units, directions, forecasts. The
 * tables are wider than they need be: a word that is refused wrongly costs a retry, one that is let through may lie.
 */

export type WordReason = 'number_word' | 'unit_word' | 'direction_word' | 'forecast_word';

/** Of one word in lower case, without apostrophes; undefined if it may be used. */
export function wordReason(word: string): WordReason | undefined {
  return TABLES.find(({ pattern }) => pattern.test(word))?.reason;
}

/** Of several words in a row, joined by single spaces. */
export function phraseReason(words: string): WordReason | undefined {
  return PHRASES.find(({ pattern }) => pattern.test(words))?.reason;
}

/** Right before a slot these turn what it prints into something else. */
export const BENDING: ReadonlySet<string> = new Set(
  'not no never than without minus plus over under except neither nor versus per'.split(' '),
);

/** Right behind a slot these would give it another unit. */
export const UNITS_BEHIND: RegExp =
  /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|dollars?|euros?|cents?|usdt?|btc|eth|coins?|contracts?|points?|trades?|orders?|events?|outages?|snapshots?|findings?|lines?|models?|levels?|lots?|units?|degrees?|digits?)$/u;

const ONES = 'zero|one|two|three|four|five|six|seven|eight|nine';
const TEENS =
  'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety';
const SCALES = 'hundred|thousand|million|billion|trillion|quadrillion|dozen|gross|myriad|googol';
/** `twentyone`, `ninths`, `tenfold`, `twenties`, `thousandth`. */
const COUNTED = `(?:${ONES}|${TEENS}|${SCALES})+(?:s|es|th|ths|fold|ish|odd|some|ly)?`;
const TENS_FORMS = '(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:ies|ieths?|yfold)';

const NUMBERS = [
  COUNTED,
  TENS_FORMS,
  'first|firstly|seconds?ly|second|third|thirds|thirdly|fourths?|fifths?|eighths?|ninths?|twelfths?',
  'nought|naught|nil|null|none|zilch|zip|oh',
  'once|twice|thrice|single|singles|singly|singular|sole|solely|solo|lone|unity',
  'both|couple|couples|pair|pairs|paired|twin|twins|duo|trio|quartet|quintet|brace|score|scores',
  'double|doubles|doubled|doubling|doubly|triple|triples|tripled|tripling|treble|quadruple|quadrupled|quintuple',
  'half|halves|halved|halving|halfway|quarter|quarters|quartered|quartile|decile|percentile|fraction',
  'few|fewer|several|umpteen|umpteenth|nth|zeroes|century|centuries|decades?|fortnights?|majority|minority|times|fold|multiple|multiples|multifold|manifold',
  // Roman numerals of two and more letters.
  '[ivxlcdm]{2,}',
];
const UNITS = [
  'percent|percents|percentage|percentages|percentual|pct|permille|promille',
  'bps?|bips?|pips?|ppm|ppb|mn|bn|tn|mio|mrd|ticks?|basispoints?|kilo|mega|giga|milli|micro|nano',
];
const DIRECTIONS = [
  // `upon` and `update` are the words that begin so and say no direction.
  'up(?!on$|dat)[a-z]*|down[a-z]*|resurgence|resurgent',
  'strong(?:er|ly)|strength|weak(?:er|est|ly|ness)?|dominat(?:e|es|ed|ing|ion)|outpac(?:e|es|ed|ing)|demand|demands|suppl(?:y|ies|ied)',
  '(?:appreciat|depreciat|accumulat|inflat|deflat|escalat|distribut)(?:ion|ions)',
  'ris(?:e|es|en|ing|er|ers)|rose|arise|arose|fall(?:s|en|ing|er|ers)?|fell|fallout',
  'gain(?:s|ed|ing|er|ers)?|los(?:e|es|s|ses|ing|er|ers)|lost',
  '(?:increas|decreas|declin|advanc|plung|surg|slid|spik|bounc|eas)(?:e|es|ed|ing|ingly)|slide|slid|easier',
  '(?:climb|soar|plummet|slump|jump|tumbl|collaps|crash|retreat|rebound|recover|dump|pump|lift|sink|mount|ascend|descend|strengthen|weaken|firm|soften|appreciat|depreciat|accumulat|inflat|deflat|escalat)(?:e|es|s|ed|ing|ings)?',
  'drop(?:s|ped|ping)?|dip(?:s|ped|ping)?|slip(?:s|ped|ping)?|leap(?:s|ed|t|ing)?|hik(?:e|es|ed|ing)|sank|sunk|sunken|shot|shed|recovery|ascent|descent',
  'rall(?:y|ies|ied|ying)|revers(?:e|es|ed|ing|al|als)|pull(?:back|backs)|sell(?:off|offs)|turnaround|correction|corrections',
  'high(?:er|est)|low(?:er|est|ered|ering|ers)|above|below|beneath|underneath|atop|north|south|northwards?|southwards?|skywards?',
  'bull(?:s|ish|ishly|ishness)?|bear(?:s|ish|ishly|ishness)?|long|longs|longed|short|shorts|shorted|shorting|squeeze|squeezed',
  '(?:over|under|re)?(?:buy|sell)(?:s|ing|er|ers|able)?|(?:over|under|re)?(?:bought|sold)|sales?|purchas(?:e|es|ed|ing|er|ers)',
  'bids?|bidd(?:er|ers|ing)|ask(?:s|ed|ing)?|offer(?:s|ed|ing|ings)?',
  'positive|positively|negative|negatively|green|red|winners?|losers?|net',
  'trend(?:s|ed|ing|y|less)?|momentum|breakouts?|breakdowns?|drift(?:s|ed|ing)?|direction|directions|directional|directionally',
  'grow(?:s|n|ing|th)?|grew|shr(?:ink|inks|inking|ank|unk)|exceed(?:s|ed|ing)?|outweigh(?:s|ed|ing)?|outnumber(?:s|ed|ing)?',
];
const FORECASTS = [
  'promis(?:e|es|ed|ing)|aim(?:s|ed|ing)?|head(?:ed|ing)|loom(?:s|ed|ing)?|await(?:s|ed|ing)?|prospects?|prospective|scenarios?',
  'estimat(?:e|es|ed|ing|ion|ions)|believ(?:e|es|ed|ing)|guess(?:es|ed|ing)?|think(?:s|ing)?|thought|confiden(?:t|tly|ce)',
  'will|wont|would|wouldnt|shall|should|shouldnt|may|might|could|couldnt|must|ought|gonna|ll',
  '(?:un)?expect(?:s|ed|ing|ation|ations|edly|ant|antly)?|(?:un)?likely|likeliest|likelihood|odds|chance|chances',
  '(?:im)?probab(?:le|ly|ility|ilities)|(?:im)?possib(?:le|ly|ility|ilities)|plausib(?:le|ly|ility)|presumably|perhaps|maybe',
  'forecast(?:s|ed|ing|er|ers)?|predict(?:s|ed|ing|ion|ions|or|ors|ive|able|ably)?|project(?:s|ed|ing|ion|ions)?',
  'anticipat(?:e|es|ed|ing|ion|ions)|fores(?:ee|ees|eeing|een|aw|eeable|ight)|foretell|foreshadow(?:s|ed|ing)?',
  'outlook|outlooks|target(?:s|ed|ing)?|tomorrow|next|future|futures|upcoming|forthcoming|soon|sooner|ahead|imminent|imminently|impending|eventual|eventually|henceforth|onwards?|later|afterwards?',
  'suggest(?:s|ed|ing|ion|ions|ive)?|indicat(?:e|es|ed|ing|ion|ions|ive|or|ors)|impl(?:y|ies|ied|ying|ication|ications)',
  'signal(?:s|ed|led|ing|ling|ings)?|herald(?:s|ed|ing)?|bod(?:e|es|ed|ing)|portend(?:s|ed|ing)?|augur(?:s|ed|ing)?|hint(?:s|ed|ing)?|omens?|warn(?:s|ed|ing|ings)?',
  'potential|potentially|opportunit(?:y|ies)|recommend(?:s|ed|ing|ation|ations)?|advi[cs](?:e|es|ed|ing|able)|poised|primed|bound',
  'continu(?:e|es|ed|ing|ation|ations|ously)|persist(?:s|ed|ing|ent|ence)?|tend(?:s|ed|ing|ency|encies)?|hop(?:e|es|ed|ing|eful|efully)|fear(?:s|ed|ing)?',
  'support(?:s|ed|ing|ive)?|resistance|resistances|entry|entries|exit|exits|profit(?:s|able|ably|ability)?|invest(?:s|ed|ing|or|ors|ment|ments)?|edge|edges|alpha|stoploss|takeprofit|risk|risks|risky|reward|rewards',
];

const TABLES: readonly { readonly reason: WordReason; readonly pattern: RegExp }[] = [
  { reason: 'number_word', pattern: whole(NUMBERS) },
  { reason: 'unit_word', pattern: whole(UNITS) },
  { reason: 'direction_word', pattern: whole(DIRECTIONS) },
  { reason: 'forecast_word', pattern: whole(FORECASTS) },
];

const PHRASES: typeof TABLES = [
  { reason: 'unit_word', pattern: /(?:^| )(?:per cent|per mille|basis points?)(?: |$)/u },
  {
    reason: 'forecast_word',
    pattern:
      /(?:^| )(?:going to|about to|set to|ready to|yet to|due to (?:come|arrive|follow))(?: |$)/u,
  },
  { reason: 'direction_word', pattern: /(?:^| )(?:sell off|take off|took off|pull back)(?: |$)/u },
];

function whole(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})$`, 'u');
}
