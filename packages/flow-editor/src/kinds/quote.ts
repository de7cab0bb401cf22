/** Letters and digits of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Returns a text in quotation marks. A text with letters of a right-to-left script is isolated (UAX #9), so
 * that the marks and the texts around it keep their order.
 */
export function quote(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `“\u2068${text}\u2069”` : `“${text}”`;
}
