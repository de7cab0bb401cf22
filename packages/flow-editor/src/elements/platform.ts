/** Whether the keyboard has Command and Option keys instead of Ctrl and Alt. */
export const isApple: boolean =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
