import type { VisitorClient } from '../visitor/visitor-client.ts';

/**
 * Erases the visitor: at the host everything that was said, known or sent, and on this device, in all tabs,
 * whatever is kept. Then the client is closed, as after `forget`. Throws `ClientError`: with a `status` when
 * the host refuses; then nothing has changed, here or there. Otherwise no answer came (`network`, `timeout`):
 * here nothing has changed, and it is not known whether the host has done it. Then ask again. It cannot be
 * undone.
 */
export async function eraseVisitor({
  erase,
  forget,
}: Pick<VisitorClient, 'erase' | 'forget'>): Promise<void> {
  await erase();
  await forget('reset', false);
}
