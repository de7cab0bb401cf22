/**
 * Runs in the page: a panel with its view and its elements, and a conversation in the form that the host
 * sends. It sends no request to a host.
 *
 * @module
 */
import type { Message, VisitorConversation } from '@alur/client';
import '../../packages/livechat-widget/src/panel/index.ts';
import type { ChatSession } from '../../packages/livechat-widget/src/session/chat-session.ts';
import { ViewModel } from '../../packages/livechat-widget/src/session/view-model.ts';
import { strings } from '../../packages/livechat-widget/src/strings/en.ts';

const view = new ViewModel({
  emit() {},
  flows: () => ({ live: null, compiled: () => null, engine: null }),
  onConversation() {},
});
const panel = document.createElement('livechat-panel');

/** Opens an empty panel. */
export async function openPanel(): Promise<void> {
  panel.session = { view: view.atom, noteTyping() {} } as unknown as ChatSession;
  panel.strings = strings;
  panel.settings = { title: 'Shop', greeting: undefined, contact: undefined, privacy: null };
  panel.open = true;
  const corner = document.createElement('div');
  corner.style.cssText = 'position: fixed; inset: auto 20px 20px auto; font: 15px/1.45 system-ui';
  corner.append(panel);
  document.body.append(corner);
  await frame();
  await frame();
}

/** Shows a conversation of `count` messages. Returns the milliseconds until they are on the screen. */
export async function showHistory(count: number): Promise<number> {
  const conversation = historyOf(count);
  const start = performance.now();
  view.reduce({ kind: 'snapshot', conversation });
  await painted();
  const ms = performance.now() - start;
  const log = panel.renderRoot.querySelector('livechat-message-list')!.log;
  if (!log.textContent!.includes(`No. ${count} `) || log.scrollHeight - log.scrollTop - log.clientHeight > 1)
    throw new Error('The newest message is not to be seen.');
  return ms;
}

/** Types a word. Returns the milliseconds of script, style and layout that its slowest letter takes. */
export async function typeWord(): Promise<number> {
  const { log } = panel.renderRoot.querySelector('livechat-message-list')!;
  const composer = panel.renderRoot.querySelector('livechat-composer')!;
  let dearest = 0;
  for (const draft of ['h', 'he', 'hel', 'hell', 'hello']) {
    await frame();
    const start = performance.now();
    view.set({ draft });
    await panel.updateComplete;
    await composer.updateComplete;
    if (composer.field.getBoundingClientRect().height === 0 || log.scrollHeight === 0)
      throw new Error('There is no panel to be seen.');
    dearest = Math.max(dearest, performance.now() - start);
  }
  return dearest;
}

function historyOf(count: number): VisitorConversation {
  const session = {
    id: 'ses_1',
    number: 1,
    status: 'open' as const,
    flow: null,
    openedAt: '2026-01-01T00:00:00.000Z',
  };
  return {
    session,
    run: null,
    messages: Array.from({ length: count }, (_, i): Message => {
      const seq = i + 1;
      const at = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
      const author: Message['author'] =
        i % 3 === 0 ? { kind: 'visitor' } : { kind: 'agent', id: 'agt_budi', name: 'Budi' };
      const text = `No. ${seq} of many: the parcel left on Tuesday and should arrive by the end of the week.`;
      return { id: `msg_${seq}`, sessionId: session.id, seq, at, author, text } as Message;
    }),
    more: false,
    handler: null,
    seq: 0,
    unread: 0,
    readSeq: 0,
    cursor: '',
    serverTime: new Date().toISOString(),
  } as unknown as VisitorConversation;
}

/** Resolves when a whole frame has passed. */
async function frame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await painted();
}

/**
 * Resolves when pending frames have been painted. A posted message arrives after the frame in which it was
 * posted.
 */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  });
}
