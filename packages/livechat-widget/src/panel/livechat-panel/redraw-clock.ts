import type { ReactiveController } from 'lit';
import { nextOfficeChange } from '../../store/availability.ts';
import { startOfDay } from '../local-day.ts';
import type { LivechatPanel } from './livechat-panel.ts';

/**
 * Updates an open panel when a label such as "Today" changes at midnight, when office hours start or end, and
 * when the page becomes visible.
 */
export class RedrawClock implements ReactiveController {
  readonly #panel: LivechatPanel;
  #timer = 0;

  constructor(panel: LivechatPanel) {
    this.#panel = panel;
  }

  hostConnected(): void {
    // Timers do not run while a device sleeps.
    document.addEventListener('visibilitychange', this.#redraw);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#redraw);
    clearTimeout(this.#timer);
  }

  hostUpdate(): void {
    const { open, isConnected, session } = this.#panel;
    clearTimeout(this.#timer);
    // A timer would keep a removed panel in memory until midnight.
    if (!open || !isConnected) return;
    const now = new Date();
    const hostNow = session.client.hostNow();
    const toMidnight = startOfDay(now, 1) - now.getTime();
    const toOfficeChange = nextOfficeChange(session.view.get().config?.officeHours, hostNow) - hostNow;
    this.#timer = window.setTimeout(this.#redraw, Math.min(toMidnight, toOfficeChange));
  }

  #redraw = (): void => {
    this.#panel.requestUpdate();
  };
}
