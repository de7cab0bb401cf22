/** What the panel loads when somebody reaches for it, and not before. */
export const parts = {
  consent: async () =>
    defineOnce('livechat-consent', (await import('./consent/consent-card.ts')).ConsentCard),
  menu: async () => defineOnce('livechat-menu', (await import('./menu/menu.ts')).Menu),
  chime: async () => (await import('./sound/chime.ts')).chime,
};

/** Defines an element, unless another copy of this package has done so. */
export function defineOnce(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
