/** Which inbox of which host. */
export interface InboxAddress {
  /** Where the host is, such as `https://chat.example.com`; a trailing slash does not matter. */
  host: string;
  inboxId: string;
}

/** The address of a visitor operation. */
export function widgetUrl({ host, inboxId }: InboxAddress, path: string): string {
  return `${host.replace(/\/+$/, '')}/v1/widget/${encodeURIComponent(inboxId)}/${path}`;
}
