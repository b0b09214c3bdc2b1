/**
 * Limits of the real service. Its pages write kB without saying 1,000 or 1,024 bytes: the smaller
 * reading is taken, and what passes here passes there.
 */

export const EXPRESSION_CHARACTERS_MAX = 400;
export const ASSIGNMENTS_MAX = 50;
export const CALL_DEPTH_MAX = 20;
export const STEPS_MAX = 100_000;
export const ARGUMENT_BYTES_MAX = 32_000;
export const VARIABLES_BYTES_MAX = 512_000;
export const ENVIRONMENT_NAMES_MAX = 20;
export const ENVIRONMENT_VALUE_BYTES_MAX = 4096;
