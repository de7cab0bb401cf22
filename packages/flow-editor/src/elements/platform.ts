/** Whether the keyboard says Command and Option instead of Ctrl and Alt. */
export const isApple: boolean =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
