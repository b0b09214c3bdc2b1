/**
 * Words that no writer may use outside a slot, each with its inflections: numbers, units, directions, forecasts, how
 * whole the recording is, denials, and the commonest words of other languages. The tables are wider than they need be:
 * a word that is refused wrongly costs a retry, one that is let through may lie.
 */

export type WordReason =
  | 'number_word'
  | 'unit_word'
  | 'direction_word'
  | 'forecast_word'
  | 'coverage_word'
  | 'bent_slot'
  | 'foreign_word';

/** Of one word in lower case, without apostrophes; undefined if it may be used. */
export function wordReason(word: string): WordReason | undefined {
  return TABLES.find(({ pattern }) => pattern.test(word))?.reason;
}

/** Of several words in a row, joined by single spaces. */
export function phraseReason(words: string): WordReason | undefined {
  return PHRASES.find(({ pattern }) => pattern.test(words))?.reason;
}

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
  'noughts|naughts|aughts?|handfuls?|many|countless|plenty|lots|tons?|lakhs?|crores?|[a-z]+illi(?:on|ard)s?',
  '(?:three|four|five|six|seven|eight|nine)score|dual|duals|duets?|dyads?|triads?|tetrads?|quads?|triplets?|twain|deuce|semi|hemi|demi',
  'teens|(?:quintu|sextu|septu|octu|nonu|decu)pl(?:e|es|ed|ing|et|ets)',
  // Roman numerals of two and more letters, and letters that look like digits, but for words that are spelt so.
  '(?!(?:did|mid|mild|dim|ill|vivid|civil|lid|lids|mill|mimic|livid)$)[ivxlcdm]{2,}',
  '(?!(?:oil|ill)$)[iloz]{2,}',
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
  'positive|positively|negative|negatively|green|red|winners?|losers?',
  'trend(?:s|ed|ing|y|less)?|momentum|breakouts?|breakdowns?|drift(?:s|ed|ing)?|direction|directions|directional|directionally',
  'than|yesterdays?|more|less|lesser|greater|better|worse|busier|quieter|calmer|(?:wid|narrow|tight|thinn|thick|deep|shallow|heavi|light|larg|small|bigg|cheap|dear)er',
  '(?:wid|tight|thick|deep|broad|height|short|slack|wors|flatt)en(?:s|ed|ing)?|narrow(?:s|ed|ing)|thinned|thinning|contract(?:ed|ing|ion)',
  '(?:improv|fad|wan|dwindl|nosediv|elevat|deteriorat|capitulat)(?:e|es|ed|ing|ion|ement)|(?:boost|swell|expand|tank|crater|skyrocket|rocket|moon|breach|ramp|creep|inch|edg)(?:s|es|ed|ing)?|expansion|crept|swollen|bled|bleed(?:s|ing)?',
  'bottom(?:s|ed|ing)?|topped|topping|northbound|southbound|inflows?|outflows?|influx|optimis(?:m|tic)|pessimis(?:m|tic)|hawkish|dovish|buoyan(?:t|cy)|plus|minus',
  'flat|flatly|flattish|unchanged|unmoved|sideways|rangebound|stagnant|cheap|cheaply|expensive|pricey|(?:over|under)(?:valued|priced)',
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
  'brac(?:e|es|ed|ing)|beware|you|your|yours|yourself|cautio(?:n|ns|us|usly)|avoid(?:s|ed|ing)?|consider(?:s|ed|ing)?|watch(?:es|ed|ing)?|monitor(?:s|ing)?|hedg(?:e|es|ed|ing)|bets?|betting|wager(?:s|ed|ing)?|prepar(?:e|es|ed|ing)',
  '(?:un)?favou?rabl[ey]|bias|biased|destined|doomed|inevitabl[ey]|pending|coming|brew(?:s|ed|ing)?|preludes?|precursors?|harbingers?|thereafter|hereafter|tonight|someday|(?:un)?attractive|bargains?',
];
const COVERAGE = [
  '(?:in)?complete(?:ly|ness)?|full|fully|whole|wholly|entire|entirely|entirety|partial|partially|perfect|perfectly',
  'flawless|flawlessly|faultless|gapless|gapfree|seamless|seamlessly|lossless|intact|unbroken|uninterrupted|uninterruptedly',
];
/** They turn what a slot prints into its opposite, wherever they stand. */
const DENIALS = [
  'false|falsely|untrue|wrong|wrongly|incorrect|incorrectly|erroneous|erroneously|mistaken|mistakenly|invalid|fak(?:e|ed)|lies?|lied',
  'misreport(?:s|ed|ing)?|fictitious|imaginary|alleg(?:e|es|ed|edly)|suppos(?:e|es|ed|edly)|purported|purportedly|claim(?:s|ed|ing)?|fabricat(?:e|ed|ion)|pretend(?:s|ed|ing)?|(?:over|under)stat(?:e|es|ed)|opposite|contrary|inverse|contradict(?:s|ed|ing)?',
];
/** German, French, Spanish, Italian: words that nearly every sentence has, then numbers, then directions. */
const FOREIGN = [
  'der|die|das|dem|den|und|ist|ein|eine|einen|einem|von|mit|auf|nicht|wird|werden|noch|oder|davon|auch',
  'le|les|des|un|une|est|sont|dans|avec|pour|sur|qui|du|aux|el|los|las|una|uno|del|por|para|es|il|lo|gli|che|di|della|sono|con|het|een',
  'eins|zwei|drei|vier|sechs|sieben|acht|neun|zehn|elf|zwanzig|hundert|tausend|halb|deux|trois|quatre|cinq|sept|huit|neuf|dix|vingt|cent|mille|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil|tre|quattro|cinque|sei|sette|otto|nove|dieci|cento',
  'steig(?:t|en|ende?)|kurse?|hoch|runter|wachstum|precios?|arriba|abajo|kupit|prodat|stieg|gestiegen|gefallen|sank|sinkt|hausse|baisse|monte|montent|sube|suben|baja|bajan|alza|sale|scende|aufw(?:a|ae)rts|abw(?:a|ae)rts|kauf(?:en|t)?|verkauf(?:en|t)?|acheter|vendre|compra|comprar|vender|venta',
];

const TABLES: readonly { readonly reason: WordReason; readonly pattern: RegExp }[] = [
  { reason: 'number_word', pattern: whole(NUMBERS) },
  { reason: 'unit_word', pattern: whole(UNITS) },
  { reason: 'direction_word', pattern: whole(DIRECTIONS) },
  { reason: 'forecast_word', pattern: whole(FORECASTS) },
  { reason: 'coverage_word', pattern: whole(COVERAGE) },
  { reason: 'bent_slot', pattern: whole(DENIALS) },
  { reason: 'foreign_word', pattern: whole(FOREIGN) },
];

const RECORDED = 'gaps?|outages?|interruptions?|coverage|recordings?|records?|data|quality';
const JUDGED =
  'excellent|good|great|reliable|fine|sound|clean|solid|pristine|ample|adequate|sufficient|acceptable|negligible|irrelevant|immaterial|harmless|minor|small|tiny|trivial|unimportant|ignored';

const PHRASES: typeof TABLES = [
  {
    reason: 'direction_word',
    pattern:
      /(?:^| )(?:g[ai]ve|gives|giving|made|makes|making|cav(?:es|ed|ing)) (?:ground|way|progress|headway|in)(?: |$)/u,
  },
  { reason: 'unit_word', pattern: /(?:^| )(?:per cent|per mille|basis points?)(?: |$)/u },
  {
    reason: 'forecast_word',
    pattern:
      /(?:^| )(?:going to|about to|set to|ready to|yet to|due to (?:come|arrive|follow))(?: |$)/u,
  },
  {
    reason: 'direction_word',
    pattern:
      /(?:^| )(?:sell off|take off|took off|pull back|in the (?:black|red)|through the (?:roof|floor)|on fire|(?:room|space) to [a-z]+|(?:has|had) legs)(?: |$)/u,
  },
  {
    reason: 'number_word',
    pattern:
      /(?:^| )(?:most of|all but|(?:nearly|almost|virtually|practically) (?:all|every))(?: |$)/u,
  },
  {
    reason: 'forecast_word',
    pattern:
      /(?:^| )(?:is set for|in store|on the cards|time to|pays to|worth (?:buying|holding|owning|having))(?: |$)/u,
  },
  {
    reason: 'coverage_word',
    pattern:
      /(?:^| )(?:no|any|without|free of) (?:[a-z]+ )?(?:gaps?|outages?|interruptions?|holes?|breaks?)(?: |$)/u,
  },
  {
    reason: 'coverage_word',
    pattern:
      /(?:^| )(?:nothing (?:[a-z]+ )?(?:missing|lost|absent|omitted|amiss)|(?:has|have|had|holds?|contains?|includes?) (?:every|all)|(?:everything|every [a-z]+|all of it|all [a-z]+) (?:is|was|were|are|has been) (?:recorded|covered|captured|present|there))(?: |$)/u,
  },
  // A praise of the recording, or a gap that is called small.
  {
    reason: 'coverage_word',
    pattern: new RegExp(`(?:^| )(?:${RECORDED}) (?:[a-z]+ ){0,3}(?:${JUDGED})(?: |$)`, 'u'),
  },
  {
    reason: 'coverage_word',
    pattern: new RegExp(`(?:^| )(?:${JUDGED}) (?:${RECORDED})(?: |$)`, 'u'),
  },
];

function whole(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})$`, 'u');
}
