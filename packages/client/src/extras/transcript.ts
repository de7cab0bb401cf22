import type { VisitorClient } from '../visitor/visitor-client.ts';

/** Options of a transcript. */
export interface TranscriptOptions {
  /** Language of headings and labels. Messages are not translated. Default: `id`. */
  language?: 'id' | 'en';
  /** IANA time zone of the times. Default: the device's zone. */
  timeZone?: string;
  signal?: AbortSignal;
}

/**
 * Returns the visitor's conversation as plain text, to save or to forward. Never markup. Throws
 * `ClientError`.
 */
export function fetchTranscript(
  client: Pick<VisitorClient, 'request'>,
  {
    language = 'id',
    timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone,
    signal,
  }: TranscriptOptions = {},
): Promise<string> {
  const query = new URLSearchParams({ language, timeZone });
  return client.request(`transcript?${query}`, { signal }, (response) => response.text());
}
