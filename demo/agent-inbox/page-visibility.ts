/** Whether the agent can see the page. */
export interface PageVisibility {
  isVisible(): boolean;
  /** Calls `listener` each time the page becomes visible. */
  onVisible(listener: () => void): void;
}

/** The visibility of this document. */
export const documentVisibility: PageVisibility = {
  isVisible: () => document.visibilityState === 'visible',
  onVisible(listener) {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') listener();
    });
  },
};
