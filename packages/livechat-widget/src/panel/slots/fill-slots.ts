import { slotOf } from '../../launcher/launcher-view.ts';
import type { LivechatPanel } from '../livechat-panel/livechat-panel.ts';
import { adopt, sheetOf } from '../sheet-of.ts';
import { listSlotStyles, pageSlotStyles, panelSlotStyles } from './slots.styles.ts';

/**
 * Lets what stands inside the widget's element with a `slot` into its panel, from here on and as it changes. Loaded on need: few pages bring
 * anything. The slots join what Lit draws at its borders, where it never looks; what they stand in for is there still, and hidden.
 */
export async function fillSlots(panel: LivechatPanel): Promise<void> {
  // The elements draw one after the other.
  await panel.updateComplete;
  const list = panel.renderRoot.querySelector('livechat-message-list')!;
  await list.updateComplete;
  adopt(panel.getRootNode() as ShadowRoot, [sheetOf(pageSlotStyles)]);
  adopt(panel.renderRoot, [sheetOf(panelSlotStyles)]);
  adopt(list.renderRoot, [sheetOf(listSlotStyles)]);
  // The same panel is asked to at every opening.
  if (panel.childElementCount > 0) return;
  const header = panel.renderRoot.querySelector('.header')!;

  /** A slot goes through all the shadows between the page and its place. */
  function fill(name: string, place: (inner: HTMLSlotElement) => void, through: Element[] = [panel]) {
    const inner = slotOf(name);
    const outers = through.map((shadow) => {
      const outer = slotOf(name);
      outer.slot = name;
      shadow.append(outer);
      return outer;
    });
    const [outer] = outers;
    const show = () => (inner.hidden = outer!.assignedElements().length === 0);
    outer!.addEventListener('slotchange', show);
    place(inner);
    show();
    return { inner, outer: outer! };
  }
  fill('logo', (slot) => header.prepend(slot));
  fill('header', (slot) => header.after(slot));
  const intro = fill('intro', (slot) => list.renderRoot.querySelector('.rows')!.prepend(slot), [panel, list]);
  // Seen under the composer, and before it for the Tab key, which goes round from there where the chat covers the page.
  fill('footer', (slot) => list.after(slot));

  // Who presses something in the intro says the first word by it, and what had the focus is gone.
  let hasFocus = false;
  intro.outer.addEventListener('focusin', () => (hasFocus = true));
  intro.outer.addEventListener('focusout', ({ relatedTarget }) => (hasFocus = !relatedTarget));
  new ResizeObserver(() => {
    if (hasFocus && panel.open && !intro.inner.checkVisibility()) {
      hasFocus = false;
      panel.focus();
    }
  }).observe(intro.inner);
}
