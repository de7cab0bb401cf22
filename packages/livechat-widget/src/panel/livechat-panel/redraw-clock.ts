import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nextOfficeChange } from '../../store/availability.ts';
import { startOfDay } from '../local-day.ts';
import type { ChatSession } from '../../session/chat-session.ts';

/** The panel, as the clock uses it. */
export interface ClockHost extends ReactiveControllerHost {
  readonly open: boolean;
  readonly isConnected: boolean;
  readonly session: ChatSession;
}

/**
 * Updates an open panel when a label such as "Today" changes at midnight, when office hours start or end, and
 * when the page becomes visible.
 */
export class RedrawClock implements ReactiveController {
  readonly #panel: ClockHost;
  #timer = 0;

  constructor(panel: ClockHost) {
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
