import type { ClientError } from '../client-error.ts';
import { remedyFor } from '../retry-policy.ts';
import type { Runtime } from '../runtime.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { Transport } from './transport.ts';

/** Maximum wait for the host after the visitor withdraws consent, and the time between later attempts. */
const ERASE_WAIT_MS = 3_000;
const ERASE_MS = 30_000;

/**
 * Asks the host to erase the visitor. Does nothing where there is no visitor. Throws `ClientError`: with a
 * `status` the host refused; without one the result is unknown.
 */
export async function eraseAtHost(transport: Transport, storage: DeviceStorage): Promise<void> {
  // An erasure request must not create data for a visitor that does not exist.
  if (!storage.hasData) return;
  const wasAsked = transport.isErased || transport.isClosed;
  try {
    await transport.authorized((token) => {
      transport.isErased = true;
      return transport.api.erase(token);
    });
  } catch (error) {
    const { code, status } = error as ClientError;
    // The host does not know the visitor any more: an earlier request succeeded and its response was lost.
    if (wasAsked && code === 'unauthenticated') return;
    if (status) transport.isErased = false;
    throw error;
  }
}

/**
 * Asks the host to erase the visitor and waits a moment. Repeats it while the host is away and the page is
 * open.
 */
export function eraseSoon(runtime: Runtime, transport: Transport, storage: DeviceStorage): Promise<void> {
  return new Promise((resolve) => {
    const again = (error: unknown) => remedyFor(error) === 'retry' && runtime.after(ERASE_MS, attempt);
    const attempt = () => void eraseAtHost(transport, storage).then(resolve, again);
    runtime.after(ERASE_WAIT_MS, resolve);
    attempt();
  });
}
