/** Host and id of an inbox. */
export interface InboxAddress {
  /** URL of the host, such as `https://chat.example.com`. A trailing slash is ignored. */
  host: string;
  inboxId: string;
}

/** Returns the URL of a visitor operation. */
export function widgetUrl({ host, inboxId }: InboxAddress, path: string): string {
  return `${host.replace(/\/+$/, '')}/v1/widget/${encodeURIComponent(inboxId)}/${path}`;
}
