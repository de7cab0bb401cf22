import type { Notice } from './notice.ts';

/** Who in this process hears notices. A listener that throws keeps nobody else from hearing. */
export function createListeners() {
  const listeners = new Set<(notice: Notice) => void>();
  return {
    add(hear: (notice: Notice) => void): () => void {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    tell(notice: Notice): void {
      for (const hear of listeners) {
        try {
          hear(notice);
        } catch (error) {
          console.error('A listener failed on a notice', error);
        }
      }
    },
  };
}
