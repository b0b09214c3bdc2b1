/**
 * The limits of the real service, each with its name. Its pages write kB without saying 1,000 or
 * 1,024; the smaller reading is taken, so that what passes here passes there.
 */

export const SOURCE_BYTES_MAX = 128_000;
export const EXPRESSION_CHARACTERS_MAX = 400;
export const ASSIGNMENTS_MAX = 50;
export const CONDITIONS_MAX = 50;
export const PARAMETERS_MAX = 10;
export const CALL_DEPTH_MAX = 20;
export const STEPS_MAX = 100_000;
export const ARGUMENT_BYTES_MAX = 32_000;
export const VARIABLES_BYTES_MAX = 512_000;
export const STRING_BYTES_MAX = 256_000;
export const RESPONSE_BYTES_MAX = 2_000_000;
export const ENVIRONMENT_NAMES_MAX = 20;
export const ENVIRONMENT_VALUE_BYTES_MAX = 4096;
export const CONNECTOR_TIMEOUT_S_MAX = 31_536_000;
export const CONNECTOR_TIMEOUT_S_DEFAULT = 1800;
export const REQUEST_TIMEOUT_MS = 1_800_000;
/** Signed, 64 bits. */
export const INTEGER_MAX = 2n ** 63n - 1n;
export const INTEGER_MIN = -(2n ** 63n);
