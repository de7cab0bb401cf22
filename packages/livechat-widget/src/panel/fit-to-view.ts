import type { LivechatPanel } from './livechat-panel/livechat-panel.ts';

/**
 * Media query for screens that the panel covers: phones in portrait or landscape. The styles contain the same
 * query.
 */
export const NARROW = '(max-width: 480px), (max-height: 440px)';

/**
 * Keeps `panel` inside the visible area: an on-screen keyboard shrinks only the visual viewport. Pinch zoom
 * shrinks it too, by its `scale`; then the panel keeps its size and is zoomed with the page.
 */
export function fitToView(panel: LivechatPanel, signal: AbortSignal): void {
  const narrow = matchMedia(NARROW);
  const view = window.visualViewport;
  function fit() {
    panel.full = narrow.matches;
    if (!view) return;
    const height = view.height * view.scale;
    const top = view.scale > 1 ? 0 : view.offsetTop;
    panel.style.setProperty('--_view-height', `${height}px`);
    panel.style.setProperty('--_view-top', `${top}px`);
    panel.style.setProperty('--_keyboard', `${Math.max(0, Math.round(innerHeight - height - top))}px`);
  }
  fit();
  narrow.addEventListener('change', fit, { signal });
  view?.addEventListener('resize', fit, { signal });
  view?.addEventListener('scroll', fit, { signal });
}
