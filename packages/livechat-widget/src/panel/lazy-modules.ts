import { defineOnce } from './define-once.ts';

/** Modules that the panel loads on demand. */
export const lazyModules = {
  /** Defines `<livechat-consent>`. */
  consent: async () =>
    defineOnce('livechat-consent', (await import('./consent/consent-card.ts')).ConsentCard),
  /** Defines `<livechat-menu>`. */
  menu: async () => defineOnce('livechat-menu', (await import('./menu/menu.ts')).Menu),
  /** `identify` of the page. */
  identify: () => import('../session/identity/identify-visitor.ts'),
  /** Functions that run a flow. */
  engine: () => import('../session/flow-engine.ts'),
  chime: async () => (await import('./sound/chime.ts')).chime,
  fillSlots: async () => (await import('./slots/fill-slots.ts')).fillSlots,
  openTabStorage: async () => (await import('@alur/client/extras')).openTabStorage,
};
