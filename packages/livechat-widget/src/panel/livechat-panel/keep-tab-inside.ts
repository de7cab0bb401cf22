import type { Composer } from '../composer/composer.ts';

/** Keeps Tab inside a panel that covers the page: from the composer to the header, and back. */
export function keepTabInside(event: KeyboardEvent, panel: ShadowRoot, composer: Composer | null): void {
  const first = panel.querySelector<HTMLElement>('.header button');
  const isFirst = panel.activeElement === first;
  const isLast = panel.activeElement === composer && !composer?.canSend;
  const onSend = composer?.shadowRoot?.activeElement?.localName === 'button';
  if (event.shiftKey && isFirst) composer?.focus();
  else if (!event.shiftKey && (isLast || onSend)) first?.focus();
  else return;
  event.preventDefault();
}
