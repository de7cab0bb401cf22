import type { VisitorClient } from '../visitor/visitor-client.ts';

/**
 * Erases the visitor: everything that the host stores about them, and all data on this device, in all tabs.
 * Then closes the client, as `forget` does. Throws `ClientError`. With a `status`, the host refused and
 * nothing has changed. Otherwise there was no response (`network`, `timeout`): nothing has changed on the
 * device, and the state at the host is unknown, so repeat the call. The erasure cannot be undone.
 */
export async function eraseVisitor(client: Pick<VisitorClient, 'erase' | 'forget'>): Promise<void> {
  await client.erase();
  await client.forget('reset', false);
}
