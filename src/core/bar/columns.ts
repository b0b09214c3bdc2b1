/** The columns of a bar file, in order (SPEC section 3). docs/DATA.md says what each holds. */
export const BAR_COLUMNS: readonly string[] = [
  'timestamp',
  'open',
  'high',
  'low',
  'close',
  'vwap',
  'vol_total',
  'vol_buy',
  'vol_sell',
  'vol_delta',
  'trade_count',
  'avg_spread',
  'imbalance_l20',
];
