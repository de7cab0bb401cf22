import type { LivechatPanel } from './livechat-panel/livechat-panel.ts';

/** On a screen of this size, a phone's upright or on its side, the panel covers it. The same stands in the styles. */
export const NARROW = '(max-width: 480px), (max-height: 440px)';

/** Keeps `panel` inside what can be seen: an on-screen keyboard shrinks the visual viewport and nothing else. */
export function fitToView(panel: LivechatPanel, signal: AbortSignal): void {
  const narrow = matchMedia(NARROW);
  const view = window.visualViewport;
  function fit() {
    panel.full = narrow.matches;
    if (!view) return;
    panel.style.setProperty('--_view-height', `${view.height}px`);
    panel.style.setProperty('--_view-top', `${view.offsetTop}px`);
  }
  fit();
  narrow.addEventListener('change', fit, { signal });
  view?.addEventListener('resize', fit, { signal });
  view?.addEventListener('scroll', fit, { signal });
}
