import type { HostEvent } from './host-event.ts';

/**
 * Creates the list of this process's listeners for host events. A listener that throws does not stop the
 * others.
 */
export function createListeners() {
  const listeners = new Set<(hostEvent: HostEvent) => void>();
  return {
    add(listener: (hostEvent: HostEvent) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(hostEvent: HostEvent): void {
      for (const listener of listeners) {
        try {
          listener(hostEvent);
        } catch (error) {
          console.error('A listener failed on a host event', error);
        }
      }
    },
  };
}
