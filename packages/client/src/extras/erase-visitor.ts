import type { VisitorClient } from '../visitor/create-visitor-client.ts';

/**
 * Erases the visitor: at the host everything that was said, known or sent, and on this device, in all tabs, whatever is kept. Then the client is closed,
 * as after `forget`. Throws `ClientError` when the host cannot be reached or refuses; then nothing has changed, here or there. It cannot be undone.
 */
export async function eraseVisitor({ door, forget }: Pick<VisitorClient, 'door' | 'forget'>): Promise<void> {
  await door('visitor', { method: 'DELETE' }, async () => {});
  await forget();
}
