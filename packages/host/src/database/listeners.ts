import type { Notice } from './notice.ts';

/**
 * Creates the list of this process's listeners for notices. A listener that throws does not stop the others.
 */
export function createListeners() {
  const listeners = new Set<(notice: Notice) => void>();
  return {
    add(listener: (notice: Notice) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(notice: Notice): void {
      for (const listener of listeners) {
        try {
          listener(notice);
        } catch (error) {
          console.error('A listener failed on a notice', error);
        }
      }
    },
  };
}
