/**
 * Styles of the closed launcher, and shared tokens. The styles for animation, badge and open panel are loaded
 * with the panel (`open-launcher.styles.ts`), when the pointer enters.
 */
export const launcherStyles = `
:host { display: contents }
:host([hidden]) { display: none !important }
.root {
  all: initial;
  --_accent: var(--livechat-accent, var(--_given, #3a4fe0));
  --_on-accent: var(--livechat-on-accent, oklch(from var(--_accent) clamp(0, (.63 - l) * 1000, 1) 0 0));
  --_surface: var(--livechat-surface, light-dark(#fff, #16181d));
  --_font: var(--livechat-font, system-ui, sans-serif);
  --_shadow: 0 1px 3px #0a0e1e29, 0 8px 32px #0a0e1e33;
  --_edge-block: var(--livechat-offset-block, var(--livechat-offset, 20px));
  --_edge-inline: var(--livechat-offset-inline, var(--livechat-offset, 20px));
  /* Outline of accented elements when the accent is close to the surface colour. */
  --_rim: light-dark(
    oklch(from var(--_accent) .6 min(c, .1) h / clamp(0, (l - .85) * 12, .9)),
    oklch(from var(--_accent) .6 min(c, .1) h / clamp(0, (.34 - l) * 12, .9)));
  --_focus: light-dark(oklch(from var(--_accent) min(l, .6) c h), oklch(from var(--_accent) max(l, .6) c h));
  --_ease: cubic-bezier(.2, .8, .2, 1);
  color-scheme: inherit;
  direction: inherit;
  position: fixed;
  inset-block-end: max(var(--_edge-block), env(safe-area-inset-bottom));
  inset-inline-end: max(var(--_edge-inline), env(safe-area-inset-right));
  z-index: var(--livechat-z-index, 2147483000);
  /* Font size of the browser settings, not of the page. */
  font: medium/1.45 var(--_font);
  -webkit-user-select: text;
  user-select: text;
}
.start { inset-inline: max(var(--_edge-inline), env(safe-area-inset-left)) auto }
:host([theme=light]) .root { color-scheme: light }
:host([theme=dark]) .root { color-scheme: dark }
.launcher {
  all: unset;
  box-sizing: border-box;
  position: relative;
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 10px;
  min-inline-size: 56px;
  max-inline-size: calc(100vw - 2 * var(--_edge-inline));
  min-block-size: 56px;
  border-radius: 28px;
  background: linear-gradient(#ffffff29, transparent 60%) var(--_accent);
  color: var(--_on-accent);
  box-shadow: inset 0 0 0 1px var(--_rim), var(--_shadow);
  cursor: pointer;
  font-size: .9375em;
  font-weight: 600;
  -webkit-tap-highlight-color: transparent;
}
:host([label]) .launcher { padding-inline: 18px 22px }
svg { inline-size: 28px; block-size: 28px; fill: currentColor }
.launcher slot { display: grid }
[aria-busy] slot { opacity: .5 }
.card {
  position: absolute;
  inset-block-end: 72px;
  inset-inline-end: 0;
  box-sizing: border-box;
  inline-size: 280px;
  font-size: .9375em;
  padding: 18px;
  border-radius: 20px;
  background: var(--_surface);
  color: light-dark(#14171f, #f1f3f7);
  box-shadow: var(--_shadow);
}
.start .card { inset-inline: 0 auto }
.card * { unicode-bidi: plaintext }
.card p { margin: 0 0 12px; font-weight: 600 }
.card :not(p) {
  all: unset;
  box-sizing: border-box;
  display: block;
  inline-size: 100%;
  margin-block-start: 6px;
  padding: 10px 14px;
  border-radius: 12px;
  background: color-mix(in oklab, var(--_accent) 10%, transparent);
  cursor: pointer;
  overflow-wrap: anywhere;
}
:focus-visible { outline: 3px solid var(--_focus) !important; outline-offset: 3px }
@media (forced-colors: active) { .launcher, .card, .card :not(p) { border: 1px solid } }
@media print { .root { display: none } }
`;
