import type { VisitorClient } from '../visitor/visitor-client.ts';

/** How a transcript is written. */
export interface TranscriptOptions {
  /** Of the words around what was said. Default: `id`. */
  language?: 'id' | 'en';
  /** An IANA zone in which the times are told. Default: the device's. */
  timeZone?: string;
  signal?: AbortSignal;
}

/** The visitor's conversation as plain text, to save or to send on. Never markup. Throws `ClientError`. */
export function fetchTranscript(
  { door }: Pick<VisitorClient, 'door'>,
  {
    language = 'id',
    timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone,
    signal,
  }: TranscriptOptions = {},
): Promise<string> {
  const query = new URLSearchParams({ language, timeZone });
  return door(`transcript?${query}`, { signal }, (response) => response.text());
}
