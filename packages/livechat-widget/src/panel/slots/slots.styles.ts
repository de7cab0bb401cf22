/**
 * Styles of the page's own content, in the shadow root of `<livechat-widget>`, where selectors can match it.
 */
export const pageSlotSheet = createSheet(`
  ::slotted([slot='logo']) {
    display: block;
    max-inline-size: 140px;
    max-block-size: 40px;
  }
`);

/** Styles of its slots in the panel. */
export const panelSlotSheet = createSheet(`
  slot[hidden] {
    display: none;
  }
  slot[name='logo'] {
    flex: none;
  }
  slot[name='logo']:not([hidden]) {
    display: block;
  }
  slot[name='logo']:not([hidden]) ~ .avatar {
    display: none;
  }
  slot[name='header']:not([hidden]) {
    display: block;
    padding: 0 20px 12px;
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }
  slot[name='footer']:not([hidden]) {
    display: block;
    order: 1;
    padding: 0 20px 12px;
    color: var(--_muted);
    font-size: 0.8em;
    text-align: center;
    overflow-wrap: anywhere;
  }
`);

/** Styles of its slot in the message list. It is shown when a greeting would be. */
export const listSlotSheet = createSheet(`
  slot {
    display: block;
    padding: 24px;
    overflow-wrap: anywhere;
  }
  slot[hidden] {
    display: none;
  }
  slot:not([hidden]) ~ .greeting {
    display: none;
  }
`);

function createSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
