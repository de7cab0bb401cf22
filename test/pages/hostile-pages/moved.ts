import assert from 'node:assert/strict';
import type { LivechatEvent } from '@alur/livechat-widget';
import type { HostilePage } from '../kit/hostile-page.ts';
import { NONCE } from '../kit/test-page.ts';
import type { Visit } from '../kit/visit.ts';

/**
 * What two hundred steps may leave behind: objects of the engine, and temporary ones. One object per step is
 * far more.
 */
const SPARE = { elements: 10, listeners: 20, nodes: 60, bytes: 200_000 };

/** Runs in the page before all other scripts: counts the listeners of the window and the document. */
function countListeners(): void {
  const listening = new Set<string>();
  const ids = new WeakMap<object, number>();
  let last = 0;
  const idOf = (listener: object): number => {
    if (!ids.has(listener)) ids.set(listener, (last += 1));
    return ids.get(listener)!;
  };
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const nameOf = (target: EventTarget | undefined, type: string, listener: object, options: unknown) => {
    const where = target === document ? 'document' : (target ?? window) === window ? 'window' : '';
    const captures = typeof options === 'object' ? (options as EventListenerOptions)?.capture : options;
    return where && `${where} ${type} ${captures ? 'first' : 'last'} ${idOf(listener)}`;
  };
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const name = listener && nameOf(this, type, listener, options);
    const { signal = undefined } = typeof options === 'object' ? options : {};
    if (name && !signal?.aborted) {
      listening.add(name);
      if (signal) add.call(signal, 'abort', () => listening.delete(name), { once: true });
    }
    add.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    if (listener) listening.delete(nameOf(this, type, listener, options) || '');
    remove.call(this, type, listener, options);
  };
  Object.assign(globalThis, { listening });
}

declare global {
  var listening: Set<string>;
  var heard: string[];
}

export const moved: HostilePage = {
  name: 'moved',
  about: 'an element that is moved a hundred times, and taken away and put back a hundred times',
  serve: async ({ tag, counted }, inbox) => ({
    '/': {
      head: `<script nonce="${NONCE}">(${countListeners.toString()})()</script>`,
      widget: tag(inbox, { 'data-host': (await counted(inbox)).url }),
      end: '<div id="here"></div><div id="there"></div>',
    },
  }),
  async run(visit) {
    await visit.goto();
    await visit.chats();
    await visit.streamsAre(1);
    await visit.look(() => {
      globalThis.heard = [];
      const listen = (who: string) => (event: Event) => {
        heard.push(`${who}: ${(event as LivechatEvent<'livechat-message'>).detail.text}`);
      };
      document.querySelector('livechat-widget')!.addEventListener('livechat-message', listen('element'));
      void probe.ask('on', 'message', listen('verb'));
    });
    // Objects that the first round creates are kept.
    await moveRepeatedly(visit);
    const before = await countResources(visit);
    await moveRepeatedly(visit);
    const after = await countResources(visit);
    assert.deepEqual(after.listening, before.listening, 'who listens to the window and the document');
    for (const [what, spare] of Object.entries(SPARE) as [keyof typeof SPARE, number][]) {
      const [first = 0, second = 0] = [before.held[what], after.held[what]];
      assert.ok(second <= first + spare, `${what}: ${first} before, ${second} after`);
    }
    await checkExchange(visit);
  },
};

/** Moves the element a hundred times, and removes and inserts it a hundred times. */
async function moveRepeatedly(visit: Visit): Promise<void> {
  await visit.look(async () => {
    const widget = document.querySelector('livechat-widget')!;
    const places = [document.getElementById('here')!, document.getElementById('there')!];
    for (let i = 0; i < 100; i += 1) places[i % 2]!.append(widget);
    for (let i = 0; i < 100; i += 1) {
      widget.remove();
      // Every tenth time there is time for clean-up.
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      places[i % 2]!.append(widget);
      if (i % 10 === 5) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
}

/** Checks that the chat still sends and receives, and that the page gets each event once. */
async function checkExchange(visit: Visit): Promise<void> {
  await visit.say('A word after the journey');
  await visit.isHeard('A word after the journey');
  await visit.stage.reply(visit.inbox, 'Still here?');
  await visit.sees('Still here?');
  const shown = await visit.look(() => probe.texts('.bubble').filter((text) => text === 'Still here?'));
  assert.equal(shown.length, 1);
  const heard = await visit.look(() => globalThis.heard.filter((line) => line.endsWith('Still here?')));
  assert.deepEqual(heard.toSorted(), ['element: Still here?', 'verb: Still here?']);
  await visit.isQuiet();
}

/**
 * Counts the resources of the chat after it is connected again, and of the whole page where the engine
 * reports them.
 */
async function countResources(visit: Visit) {
  await visit.isOpen();
  await visit.sees(`A word from ${visit.engine}`);
  await visit.streamsAre(1);
  assert.equal(await visit.look(() => probe.all('livechat-panel').length), 1);
  assert.equal(await visit.look(() => probe.boxes('.launcher').length), 1);
  const { elements, listening } = await visit.look(() => ({
    elements: probe.all('*').length,
    listening: [...globalThis.listening].map((name) => name.replace(/ \d+$/, '')).sort(),
  }));
  const held: Partial<typeof SPARE> = { elements, ...(await visit.page.held?.()) };
  return { listening, held };
}
