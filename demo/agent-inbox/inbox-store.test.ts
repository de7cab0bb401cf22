import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import { settle } from '../../packages/client/src/testing/fake-runtime.ts';
import { InboxDevice, type InboxPage } from './testing/inbox-device.ts';
import { ModelHost, type Fate } from './testing/model-host.ts';

const IDS = ['a', 'b'] as const;

type Step =
  | { do: 'open' | 'resolve' | 'write'; id: string }
  | { do: 'type' | 'send' | 'reload' | 'edit' | 'discard' | 'retry' | 'leave' | 'settle' }
  | { do: 'fate'; fate: Fate }
  | { do: 'wait'; ms: number };

const id = fc.constantFrom(...IDS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), id }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('type' as const, 'send' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('resolve' as const, 'write' as const), id }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('reload' as const, 'leave' as const, 'settle' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('edit' as const, 'discard' as const, 'retry' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fate' as const),
      fate: fc.constantFrom<Fate>(
        'done',
        'done',
        'refused',
        'refused',
        'request lost',
        'response lost',
        'busy',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
  },
);

/** An agent with the expected state: a draft for each conversation, and the sent replies. */
class Agent {
  readonly host = new ModelHost(IDS);
  readonly device = new InboxDevice(this.host);
  page!: InboxPage;
  openId: string | null = null;
  readonly drafts = new Map<string, string>();
  readonly sent = new Map<string, string[]>(IDS.map((name) => [name, []]));
  #words = 0;

  async take(action: Step): Promise<void> {
    const { page, host, openId } = this;
    const failed = openId ? page.store.repliesOf(openId).find(({ state }) => state === 'failed') : undefined;
    if (action.do === 'open') void page.store.open((this.openId = action.id));
    else if (action.do === 'leave') void page.store.open((this.openId = null));
    else if (action.do === 'resolve') void page.store.resolve(action.id);
    else if (action.do === 'write') host.write(action.id, 'Halo?');
    else if (action.do === 'fate') host.fate = action.fate;
    else if (action.do === 'wait') await this.device.runtime.pass(action.ms);
    else if (action.do === 'settle') for (let turn = 0; turn < 10; turn += 1) await settle();
    else if (action.do === 'reload') await this.reload();
    else if (!openId) return;
    else if (action.do === 'type') this.#type(openId);
    else if (action.do === 'send') this.#send(openId);
    else if (!failed) return;
    else if (action.do === 'retry') void page.replies.retry(failed);
    else {
      const texts = this.sent.get(openId)!;
      texts.splice(texts.indexOf(failed.text), 1);
      const draft = this.drafts.get(openId) ?? '';
      if (action.do === 'edit') this.drafts.set(openId, draft ? `${failed.text}\n${draft}` : failed.text);
      await (action.do === 'edit' ? page.replies.edit(failed) : page.replies.discard(failed));
    }
    this.expectDrafts();
  }

  #type(openId: string): void {
    const text = `${this.page.replies.draftOf(openId)}${(this.#words += 1)}.`;
    this.page.store.setDraft(openId, text);
    this.drafts.set(openId, (this.drafts.get(openId) ?? '') + `${this.#words}.`);
  }

  #send(openId: string): void {
    const draft = this.drafts.get(openId);
    if (draft) this.sent.get(openId)!.push(draft);
    this.drafts.delete(openId);
    void this.page.replies.send(openId);
  }

  async reload(): Promise<void> {
    // Storage operations that a page started before it closed still finish.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    this.page?.close();
    this.page = await this.device.load(this.openId);
  }

  expectDrafts(): void {
    for (const name of IDS) assert.equal(this.page.replies.draftOf(name), this.drafts.get(name) ?? '');
  }
}

test('no sequence of events sends a text to another conversation, sends it twice or loses it', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
      const agent = new Agent();
      t.after(() => agent.page.close());
      await agent.reload();
      for (const action of steps) await agent.take(action);
      agent.host.fate = 'done';
      await agent.device.runtime.pass(60_000);
      for (const name of IDS) agent.host.write(name, 'Masih di sana?');
      await agent.reload();
      for (const name of IDS)
        for (const reply of agent.page.replies.repliesOf(name)) await agent.page.replies.retry(reply);
      await agent.device.runtime.pass(120_000);
      for (const name of IDS) {
        assert.deepEqual(agent.host.repliesIn(name).toSorted(), agent.sent.get(name)!.toSorted(), name);
        assert.deepEqual(
          agent.page.replies.repliesOf(name).filter(({ state }) => state !== 'sent'),
          [],
        );
      }
      agent.expectDrafts();
    }),
    { numRuns: 120 },
  );
});

async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns += 1) {
    assert.ok(turns < 2_000, `condition not met: ${holds}`);
    await settle();
  }
}

async function open(t: TestContext, host: ModelHost, openId: string | null) {
  const device = new InboxDevice(host);
  const page = await device.load(openId);
  t.after(() => page.close());
  const { store } = page;
  await until(() => store.state.phase === 'ready' && (!openId || store.state.open?.phase === 'ready'));
  return { page, device, store };
}

test('a conversation that could not be loaded appears after a retry', async (t) => {
  const host = new ModelHost(['a']);
  const { store, device } = await open(t, host, null);
  host.unreadable.add('a');
  host.write('a', 'Halo');
  await device.runtime.pass(6_000);
  assert.equal(store.state.retrying, 1);
  assert.equal(store.state.conversations['a']?.seq, 0);
  host.unreadable.clear();
  await device.runtime.pass(6_000);
  assert.equal(store.state.retrying, 0);
  assert.equal(store.state.conversations['a']?.seq, 1);
});

test('messages that arrived in a hidden tab are marked read when the tab becomes visible', async (t) => {
  const host = new ModelHost(['a']);
  host.write('a', 'satu');
  const { page, store } = await open(t, host, 'a');
  assert.deepEqual(host.markedRead, [['a', 1]]);
  page.setVisible(false);
  host.write('a', 'dua');
  await until(() => store.state.open?.events.length === 2);
  assert.equal(host.markedRead.length, 1);
  page.setVisible(true);
  assert.deepEqual(host.markedRead.at(-1), ['a', 2]);
});

test('a change that fails after another conversation was opened shows its error in its own conversation', async (t) => {
  const host = new ModelHost(['a', 'b']);
  const { store } = await open(t, host, 'a');
  host.fate = 'request lost';
  const resolving = store.resolve('a');
  host.fate = 'done';
  await store.open('b');
  await resolving;
  assert.deepEqual(Object.keys(store.state.failures), ['a']);
});

test('a conversation that is opened again while its log is being read shows the whole log', async (t) => {
  const host = new ModelHost(['a', 'b']);
  for (const text of ['satu', 'dua']) host.write('a', text);
  const { store } = await open(t, host, 'a');
  host.write('a', 'tiga');
  // The conversation is loaded by now, its log is not.
  await settle();
  void store.open('b');
  void store.open('a');
  await until(() => store.state.open?.phase === 'ready' && store.state.retrying === 0);
  await until(() => store.state.open?.events.at(-1)?.seq === 3);
  assert.equal(store.state.open?.events.length, 3);
});
