import type { Appearance, Persistence } from '@alur/client';

/** What the page's author set on the element, else what the inbox says, as far as the panel shows it. */
export interface PanelSettings {
  title: string | undefined;
  greeting: string | undefined;
  /** Addresses separated by spaces. */
  contact: string | undefined;
  /** Address of the site's privacy notice. */
  privacy: string | null;
}

/** The settings of `widget`, whose inbox looks like `appearance`. */
export function settingsOf(widget: HTMLElement, appearance: Appearance = {}): PanelSettings {
  return {
    title: widget.getAttribute('title-text') ?? appearance.title,
    greeting: widget.getAttribute('greeting') ?? appearance.greeting,
    contact: widget.getAttribute('contact') ?? appearance.fallbackContact,
    privacy: widget.getAttribute('privacy'),
  };
}

/** How long the visitor is remembered; what is no policy counts as the default, `browser`. */
export function persistenceOf(widget: HTMLElement): Persistence {
  const policy = widget.getAttribute('persist');
  return policy === 'none' || policy === 'tab' ? policy : 'browser';
}
