import type { Appearance, Persistence } from '@alur/client';

/** Settings of the panel: attributes of the element, else values of the inbox. */
export interface PanelSettings {
  title: string | undefined;
  greeting: string | undefined;
  /** Addresses separated by spaces. */
  contact: string | undefined;
  /** URL of the site's privacy notice. */
  privacy: string | null;
}

/** Returns the settings of `widget`, whose inbox has `appearance`. */
export function settingsOf(widget: HTMLElement, appearance: Appearance = {}): PanelSettings {
  return {
    title: widget.getAttribute('title-text') ?? appearance.title,
    greeting: widget.getAttribute('greeting') ?? appearance.greeting,
    contact: widget.getAttribute('contact') ?? appearance.fallbackContact,
    privacy: widget.getAttribute('privacy'),
  };
}

/** Returns how long the visitor is remembered. Invalid values count as the default, `browser`. */
export function persistenceOf(widget: HTMLElement): Persistence {
  const policy = widget.getAttribute('persist');
  return policy === 'none' || policy === 'tab' ? policy : 'browser';
}
