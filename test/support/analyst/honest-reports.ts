/** Reports as an apt model writes them, of a day with outages, patterns and a move: each has to pass the check. */

export const HONEST_REPORTS: readonly string[] = [
  `The recording covers [[coverage.share]] of the [[coverage.expected]] that was due, and the day is classed as [[coverage.status]]. There were [[coverage.outages]], of which the longest lasted [[coverage.longest]]. There is [[coverage.unproven]].

The price opened at [[price.open]], [[price.change_bps]] and closed at [[price.close]]. The high of [[price.high]] came at [[price.high_time]] and the low of [[price.low]] at [[price.low_time]], which makes the range [[price.range_bps]]. By the size of its net change the day was [[price.change_bps:size]].

Takers traded [[flow.volume]] in [[flow.trades]], with [[flow.buy_share]]. The aggressive flow ended in [[flow.delta]], which is [[flow.delta:size]] against the volume. Large orders took [[flow.large_share]] of the volume and left [[flow.large_delta]].

The spread averaged [[book.spread]], or [[book.spread_bps]]; it was at its widest [[book.spread_max]]. Mean depth was [[book.depth_bid]] and [[book.depth_ask]], and the imbalance [[book.imbalance]].

The rules found [[patterns.total]]. The strongest was [[event.a]].`,
  `Coverage stands at [[coverage.share]], with [[coverage.outages]] and [[coverage.unproven]]; the longest interruption ran [[coverage.longest]]. All figures in this report refer to [[coverage.traded_minutes]] and to nothing outside them.

Over that time the price [[price.change_bps]], from [[price.open]] to [[price.close]]. It traded between [[price.low]], seen at [[price.low_time]], and [[price.high]], seen at [[price.high_time]]. The largest move was recorded at [[price.largest_minute]].

Order flow came out as [[flow.delta]] on a volume of [[flow.volume]]. The busiest minute was [[flow.busiest_minute]].

In the book, the mean spread was [[book.spread]] and its maximum [[book.spread_max]]. Depth averaged [[book.depth_bid]] and [[book.depth_ask]].

The pattern rules recorded [[patterns.total]], of which the strongest by its own threshold was [[event.a]].`,
  `Data coverage for the session was [[coverage.share]] ([[coverage.share:size]]). The recorder registered [[coverage.outages]], together [[coverage.outage_time]], and the longest of them took [[coverage.longest]]. The record holds [[coverage.unproven]]. The manifest lists [[coverage.findings]].

Price action was contained: the instrument opened at [[price.open]] and [[price.change_bps]] to close at [[price.close]], with a range of [[price.range_bps]]. The extremes were [[price.high]] at [[price.high_time]] and [[price.low]] at [[price.low_time]].

Activity amounted to [[flow.trades]] and a volume of [[flow.volume]]. Flow was [[flow.delta]], and large orders made [[flow.large_share]] of the total. The largest of them was [[flow.largest_order]].

Liquidity was thin on average: [[book.depth_bid]] and [[book.depth_ask]] with a mean spread of [[book.spread_bps]].`,
  `Coverage of the day is [[coverage.share]]. The recording has [[coverage.outages]]: the longest took [[coverage.longest]]. There is [[coverage.unproven]], so quiet minutes can be told from missing data.

The market began the day at [[price.open]] and ended it at [[price.close]]; on balance it [[price.change_bps]]. The day's high was [[price.high]], reached at [[price.high_time]], and its low was [[price.low]], reached at [[price.low_time]].

On the flow side there was [[flow.delta]], with [[flow.buy_share]]. Activity peaked at [[flow.busiest_minute]]. Large orders, defined as those of at least [[flow.large_limit]], accounted for [[flow.large_share]] of the volume.

The book showed a mean imbalance of [[book.imbalance]], that is, it was [[book.imbalance:size]].

The detector counted [[patterns.total]]. The notable events were [[event.a]] and [[event.b]].`,
  `The day's recording reached [[coverage.share]] of the time due, interrupted by [[coverage.outages]]. The longest interruption was [[coverage.longest]], and there was [[coverage.unproven]]. Because of these gaps, the figures that follow describe the recorded minutes only.

Price [[price.change_bps]] over the recorded time, opening at [[price.open]] and closing at [[price.close]].

Volume was [[flow.volume]] across [[flow.trades]]; delta shows [[flow.delta]].

The average spread was [[book.spread]]. Patterns amount to [[patterns.total]]. This report describes what was recorded and says nothing of what comes after it.`,
];
