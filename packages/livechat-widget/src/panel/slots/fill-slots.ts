import { slotOf } from '../../launcher/launcher-view.ts';
import type { LivechatPanel } from '../livechat-panel/livechat-panel.ts';
import { listSlotSheet, pageSlotSheet, panelSlotSheet } from './slots.styles.ts';

/**
 * Lets what stands inside the widget's element with a `slot` into its panel, from here on and as it changes.
 * Loaded on need: few pages bring anything. The slots join what Lit draws at its borders, where it never
 * looks; what they stand in for is there still, and hidden.
 */
export async function fillSlots(panel: LivechatPanel): Promise<void> {
  // The elements draw one after the other.
  await panel.updateComplete;
  const list = panel.renderRoot.querySelector('livechat-message-list')!;
  await list.updateComplete;
  const { adoptedStyleSheets } = panel.getRootNode() as ShadowRoot;
  if (!adoptedStyleSheets.includes(pageSlotSheet)) adoptedStyleSheets.push(pageSlotSheet);
  panel.addStyles([panelSlotSheet]);
  list.addStyles([listSlotSheet]);
  // The same panel is asked to at every opening.
  if (panel.childElementCount > 0) return;
  const header = panel.renderRoot.querySelector('.header')!;

  /**
   * A slot goes through all the shadows between the page and its place. It is there when something is in it
   * and `isWanted`.
   */
  function fill(
    name: string,
    place: (inner: HTMLSlotElement) => void,
    through: Element[] = [panel],
    isWanted = () => true,
  ) {
    const inner = slotOf(name);
    const outers = through.map((shadow) => {
      const outer = slotOf(name);
      outer.slot = name;
      shadow.append(outer);
      return outer;
    });
    const [outer] = outers;
    const show = () => (inner.hidden = outer!.assignedElements().length === 0 || !isWanted());
    outer!.addEventListener('slotchange', show);
    place(inner);
    show();
    return { inner, outer: outer!, show };
  }
  fill('logo', (slot) => header.prepend(slot));
  fill('header', (slot) => header.after(slot));
  const rows = list.renderRoot.querySelector('.rows')!;
  const isGreeted = () => rows.querySelector('.greeting') !== null;
  const intro = fill('intro', (slot) => rows.prepend(slot), [panel, list], isGreeted);
  // Seen under the composer, and before it for the Tab key, which goes round from there where the chat covers
  // the page.
  fill('footer', (slot) => list.after(slot));

  // Who presses something in the intro says the first word by it, and what had the focus is gone.
  let hasFocus = false;
  intro.outer.addEventListener('focusin', () => (hasFocus = true));
  intro.outer.addEventListener('focusout', ({ relatedTarget }) => (hasFocus = !relatedTarget));
  // By hand, and not by :has(): WebKit does not see that a greeting which is not drawn has gone.
  new MutationObserver(() => {
    if (!intro.show() || !hasFocus) return;
    hasFocus = false;
    if (panel.open) panel.focus();
  }).observe(rows, { childList: true });
}
