/** Shared functions of this package's browser tests. Not part of the package. */
import 'axe-core';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import { emptyFlow, type Card, type Flow } from '@alur/flow';
import type { LitElement } from 'lit';
import type { FlowDirectory } from '../directory.ts';
import type { FlowEditor } from '../elements/flow-editor/flow-editor.ts';

declare global {
  // Globals of the browser's test runner.
  function describe(name: string, body: () => void): void;
  function it(name: string, body: () => void | Promise<void>): void;
}

declare const axe: { run(context: ElementContext, options?: RunOptions): Promise<AxeResults> };

/** Fails with both values if they differ as JSON. */
export function equal(actual: unknown, expected: unknown, about = ''): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${about ? `${about}: ` : ''}expected ${b}, got ${a}`);
}

/** Fails if a value is not truthy. */
export function ok(value: unknown, about = 'expected something true'): asserts value {
  if (!value) throw new Error(about);
}

/** Waits until `find` returns a truthy value. Fails after five seconds. */
export async function until<T>(find: () => T, about = `never: ${find}`): Promise<NonNullable<T>> {
  const end = performance.now() + 5000;
  for (;;) {
    const found = find();
    if (found) return found as NonNullable<T>;
    if (performance.now() > end) throw new Error(about);
    // Animation frames do not run in background pages, such as test pages.
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
}

/** Waits for the element to render, then finishes its animations: axe ignores transparent content. */
export async function settle(element: Element): Promise<void> {
  await (element as Partial<LitElement>).updateComplete;
  const root = element.shadowRoot!;
  const inner = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  for (const animation of [root, ...inner].flatMap((each) => each.getAnimations())) animation.finish();
}

/** Runs axe on an element. Fails with the violated rules. */
export async function audit(element: Element): Promise<void> {
  await settle(element);
  const { violations } = await axe.run(element, {
    resultTypes: ['violations'],
    // Off by default. Users of speech input need a name that contains the visible text.
    rules: { 'label-content-name-mismatch': { enabled: true } },
  });
  const broken = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  equal(broken, []);
}

/** Adds an element to the page, in a box of desktop size, and removes it after the test. */
export async function mount<E extends LitElement>(
  tag: string,
  properties: Partial<E>,
  size = { width: 1200, height: 760 },
): Promise<E> {
  const box = document.createElement('main');
  box.style.cssText = `width:${size.width}px;height:${size.height}px;color-scheme:light;background:#fff`;
  const element = document.createElement(tag) as unknown as E;
  Object.assign(element, { locale: 'en', ...properties });
  box.append(element);
  document.body.replaceChildren(box);
  await element.updateComplete;
  return element;
}

/** Runs a command of `test/support/engines/engine-launcher.ts` on the page. */
async function runInEngine(command: string, parameters: Record<string, string>): Promise<void> {
  const session = new URL(location.href).searchParams.get('wtr-session-id')!;
  const query = new URLSearchParams({ session, ...parameters });
  const { status } = await fetch(`/engine/${command}?${query}`, { method: 'POST' });
  equal(status, 204, `the engine has no ${command}`);
}

/** Runs `body` while the browser emulates the forced colors of the system (high contrast). Chromium only. */
export async function withForcedColors(body: () => void | Promise<void>): Promise<void> {
  await runInEngine('forced-colors', { active: 'true' });
  try {
    await body();
  } finally {
    await runInEngine('forced-colors', { active: 'false' });
  }
}

/** Moves the mouse to the center of an element. Repeats it while the layout moves the element. */
export async function hover(element: Element): Promise<void> {
  const end = performance.now() + 5000;
  while (!element.matches(':hover')) {
    ok(performance.now() < end, 'the element received no mouse event');
    const { x, y, width, height } = element.getBoundingClientRect();
    await runInEngine('move', { x: String(x + width / 2), y: String(y + height / 2) });
    await new Promise(requestAnimationFrame);
  }
}

/** Adds an editor to the page and waits until it is rendered and measured. */
export async function mountEditor(properties: Partial<FlowEditor>, size?: { width: number; height: number }) {
  const editor = await mount<FlowEditor>(
    'flow-editor',
    { directory, version: 1, live: true, ...properties },
    size,
  );
  await editor.drawing?.updateComplete;
  return editor;
}

/** Returns the first matching element in the open shadow roots below `root`. */
export function deep<E extends Element = HTMLElement>(
  root: Element | ShadowRoot,
  selector: string,
): E | null {
  const inside = root instanceof Element ? (root.shadowRoot ?? root) : root;
  const direct = inside.querySelector<E>(selector);
  if (direct) return direct;
  for (const element of inside.querySelectorAll('*')) {
    const found = element.shadowRoot && deep<E>(element.shadowRoot, selector);
    if (found) return found;
  }
  return null;
}

/** Waits for a matching element and clicks it. */
export async function click(root: Element, selector: string): Promise<void> {
  const element = await until(() => deep(root, selector), `there is no ${selector}`);
  element.click();
}

/** Presses a key on the focused element. Returns false if the default was prevented. */
export function press(key: string, modifiers: KeyboardEventInit = {}): boolean {
  return focused().dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...modifiers }),
  );
}

/** Selects a card and waits until it has the focus. */
export async function focusCard(editor: FlowEditor, cardId: string): Promise<void> {
  editor.actions.select(cardId);
  editor.view.focusCard(cardId);
  await until(
    () => (focused() as HTMLElement).dataset['id'] === cardId,
    `${cardId} did not receive the focus`,
  );
}

/** Types a text into the focused field, letter by letter. */
export function type(text: string): void {
  const field = focused() as HTMLInputElement;
  for (const letter of text) {
    field.value += letter;
    field.dispatchEvent(
      new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: letter }),
    );
  }
}

/** Returns the focused element, through shadow roots. */
export function focused(): Element {
  let element = document.activeElement!;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Returns the kinds of a card's children in the editor's document. */
export function kindsBelow(editor: FlowEditor, cardId: string): string[] {
  const { cards } = editor.flow!;
  return cards[cardId]!.next.map((id) => cards[id]!.kind);
}

/** Returns a flow with only a start card. */
export function newFlow(): Flow {
  return emptyFlow({ id: 'flow_new', name: 'Jam kerja', timeZone: 'Asia/Jakarta' });
}

/** Returns a flow of the given cards. */
export function flowOf(cards: Record<string, Card>): Flow {
  return { ...newFlow(), id: 'flow_of', cards };
}

/** Returns a small complete flow: a fork of two conditions, with a chain below the first. */
export function smallFlow(): Flow {
  return flowOf({
    start: { kind: 'start', next: ['vip', 'hours', 'rest'] },
    vip: { kind: 'condition', test: { kind: 'first-message-text', keywords: ['vip'] }, next: ['mark'] },
    hours: {
      kind: 'condition',
      test: { kind: 'first-message-time', windows: [{ from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5] }] },
      next: ['bot'],
    },
    rest: { kind: 'else', next: ['bot2'] },
    mark: { kind: 'label', labelIds: ['lbl_vip'], next: ['team'] },
    team: { kind: 'assign-human', agentIds: [], teamIds: ['team_vip'], skipLastAiResponse: true, next: [] },
    bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
    bot2: { kind: 'jump', to: 'mark', next: [] },
  });
}

/** Directory for tests. */
export const directory: FlowDirectory = {
  labels: [
    { id: 'lbl_vip', name: 'VIP', color: '#b45309' },
    { id: 'lbl_order', name: 'Pesanan', color: '#2563eb' },
  ],
  agents: [
    { id: 'agt_budi', name: 'Budi Santoso', online: true },
    { id: 'agt_sari', name: 'Sari Wulandari' },
  ],
  teams: [{ id: 'team_vip', name: 'Tim VIP', agentIds: ['agt_budi', 'agt_sari'] }],
  aiAgents: [{ id: 'ai_cs', name: 'Asisten CS' }],
};
