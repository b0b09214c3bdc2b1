/**
 * The samples of one symbol, day by day: the day before lends the look-back of the first hour, the day after it the
 * prices of the last labels, so three days are in memory, beside the bytes of the files.
 */
