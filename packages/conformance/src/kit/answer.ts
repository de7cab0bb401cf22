/** One response of the host with its whole body. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Media type without parameters, in lower case; '' without one. */
  type: string;
  text: string;
  bytes: Uint8Array;
  /** The parsed body; undefined when it is not JSON. */
  body: unknown;
}
