import { slotOf } from '../../launcher/dom.ts';
import { addStyles, type PanelElement } from '../panel-element.ts';
import { listSlotSheet, pageSlotSheet, panelSlotSheet } from './slots.styles.ts';

/**
 * Shows the widget's child elements with a `slot` in its panel, now and after changes. Loaded on demand,
 * because few pages use slots. The slots are placed outside the ranges that Lit renders. The content that
 * they replace is hidden, not removed.
 */
export async function fillSlots(panel: PanelElement & { readonly open: boolean }): Promise<void> {
  // The elements render one after the other.
  await panel.updateComplete;
  const list = panel.renderRoot.querySelector('livechat-message-list')!;
  await list.updateComplete;
  addStyles(panel.getRootNode() as ShadowRoot, [pageSlotSheet]);
  panel.addStyles([panelSlotSheet]);
  list.addStyles([listSlotSheet]);
  // A later opening calls this for the same panel again.
  if (panel.childElementCount > 0) return;
  const header = panel.renderRoot.querySelector('.header')!;

  /**
   * Creates a slot at each shadow root between the page and `place`. It is shown while it has content and
   * `isWanted` returns true.
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
  // Below the composer on the screen, and before it in the Tab order, which wraps there when the chat covers
  // the page.
  fill('footer', (slot) => list.after(slot));

  // A press in the intro may send the first message, which removes the focused element.
  let hasFocus = false;
  intro.outer.addEventListener('focusin', () => (hasFocus = true));
  intro.outer.addEventListener('focusout', ({ relatedTarget }) => (hasFocus = !relatedTarget));
  // With an observer instead of `:has()`: WebKit misses the removal of a greeting that is not rendered.
  new MutationObserver(() => {
    if (!intro.show() || !hasFocus) return;
    hasFocus = false;
    if (panel.open) panel.focus();
  }).observe(rows, { childList: true });
}
