import type { Flow } from '@alur/flow';
import '../../define.ts';
import { deep, equal, flowOf, mountEditor, ok, until } from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

/** Returns a flow with a fork of `count` conditions, each with a note and a problem. */
function wideFlow(count: number): Flow {
  const cards: Flow['cards'] = { start: { kind: 'start', next: [] }, rest: { kind: 'else', next: [] } };
  for (let index = 0; index < count; index++)
    cards[`c${index}`] = {
      kind: 'condition',
      note: 'Catatan',
      test: { kind: 'first-message-text', keywords: [] },
      next: [],
    };
  cards['start']!.next = [...Object.keys(cards).filter((id) => id.startsWith('c')), 'rest'];
  return flowOf(cards);
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom && b.top < a.bottom;
}

function fire(target: EventTarget, type: string, x: number, y: number): void {
  const init = { pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1, clientX: x, clientY: y };
  target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, cancelable: true, ...init }));
}

/** Presses on a card and moves it by `dx` pixels without releasing it. */
function beginDrag(
  editor: FlowEditor,
  cardId: string,
  dx: number,
): { surface: HTMLElement; x: number; y: number } {
  const surface = deep(editor, '.surface')!;
  surface.setPointerCapture = () => undefined;
  const box = editor.canvas!.cardRect(cardId)!;
  const [x, y] = [box.left + 20, box.top + 12];
  fire(deep(editor, `.card[data-id="${cardId}"] .head`)!, 'pointerdown', x, y);
  fire(surface, 'pointermove', x + dx, y);
  return { surface, x: x + dx, y };
}

describe('<flow-canvas>', () => {
  afterEach(() => document.body.replaceChildren());

  for (const locale of ['en', 'id'])
    it(`shows the marks of a card without overlap in a fork of a hundred branches, ${locale}`, async () => {
      const editor = await mountEditor({ flow: wideFlow(100), locale });
      editor.view.zoom('actual');
      editor.actions.select('c99');
      editor.view.revealCard('c99');
      const card = await until(() => deep(editor, '.card[data-id="c99"]'));
      await until(() => card.querySelector('.mark') && card.querySelector('.aside'));
      const rects = [...card.querySelectorAll('.kind, .aside, .mark, .order')].map((mark) =>
        mark.getBoundingClientRect(),
      );
      for (const [index, rect] of rects.entries())
        for (const other of rects.slice(index + 1))
          equal(overlap(rect, other), false, JSON.stringify([rect, other]));
    });

  it('keeps a part of the flow in view at any scroll distance', async () => {
    const editor = await mountEditor({ flow: wideFlow(3) });
    const surface = deep(editor, '.surface')!;
    for (const delta of [{ deltaX: 1e6 }, { deltaX: -2e6 }, { deltaY: 1e6 }, { deltaY: -2e6 }]) {
      surface.dispatchEvent(new WheelEvent('wheel', { ...delta, bubbles: true, cancelable: true }));
      const seen = surface.getBoundingClientRect();
      const isSeen = ['start', 'c0', 'c1', 'c2', 'rest'].some((id) =>
        overlap(editor.canvas!.cardRect(id)!, seen),
      );
      ok(isSeen || editor.canvas!.seen.width > 0, 'lost');
      const { x, y, width, height } = editor.canvas!.seen;
      const { bounds } = editor.layout;
      ok(x < bounds.x + bounds.width && x + width > bounds.x, `x ${x}`);
      ok(y < bounds.y + bounds.height && y + height > bounds.y, `y ${y}`);
    }
  });

  it('stops panning when Space is released elsewhere or the window loses the focus', async () => {
    const editor = await mountEditor({ flow: wideFlow(3) });
    const surface = deep(editor, '.surface')!;
    for (const release of [
      () => window.dispatchEvent(new KeyboardEvent('keyup', { code: 'Space', key: ' ' })),
      () => window.dispatchEvent(new Event('blur')),
    ]) {
      surface.dispatchEvent(
        new KeyboardEvent('keydown', { code: 'Space', key: ' ', bubbles: true, cancelable: true }),
      );
      equal(surface.hasAttribute('data-space'), true);
      release();
      equal(surface.hasAttribute('data-space'), false);
    }
  });

  it('scrolls the view while a drag is held at the edge', async () => {
    const editor = await mountEditor({ flow: wideFlow(30) });
    editor.view.zoom('actual');
    editor.view.revealCard('c0');
    await until(() => editor.canvas!.cardRect('c0')!.left > 0);
    const { surface, y } = beginDrag(editor, 'c0', 40);
    const edge = surface.getBoundingClientRect().right - 8;
    const before = editor.canvas!.seen.x;
    fire(surface, 'pointermove', edge, y);
    await until(() => editor.canvas!.seen.x > before + 200);
    fire(surface, 'pointerup', edge, y);
    ok(editor.flow!.cards['start']!.next.indexOf('c0') > 2, 'the branch was not moved');
  });

  it('ends a drag when its card is deleted, without an error', async () => {
    const editor = await mountEditor({ flow: wideFlow(3) });
    const faults: unknown[] = [];
    const note = (event: ErrorEvent) => void faults.push(event.message);
    window.addEventListener('error', note);
    const { surface, x, y } = beginDrag(editor, 'c1', 60);
    void editor.actions.delete('c1');
    await until(() => !editor.flow!.cards['c1']);
    await editor.updateComplete;
    await editor.canvas!.updateComplete;
    fire(surface, 'pointermove', x + 40, y);
    fire(surface, 'pointerup', x + 40, y);
    window.removeEventListener('error', note);
    equal(faults, []);
    equal(editor.flow!.cards['start']!.next, ['c0', 'c2', 'rest']);
  });
});
