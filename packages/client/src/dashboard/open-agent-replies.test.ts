import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Message } from '@alur/protocol';
import { ClientError } from '../client-error.ts';
import type { VisitorStorage } from '../storage/visitor-storage.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { fakeRuntime, settle } from '../testing/fake-runtime.ts';
import type { AgentReplies } from './agent-replies.ts';
import { openAgentReplies } from './open-agent-replies.ts';

interface Sent {
  conversationId: string;
  id: string;
  text: string;
  agentId?: string | undefined;
}

/** A device with any number of pages, and a host that accepts each id once. */
function createDevice() {
  const runtime = fakeRuntime();
  const disks = new Map<string, VisitorStorage>();
  const host = {
    /** Results of the next calls, by conversation. */
    fault: (() => null) as (call: Sent) => unknown,
    calls: [] as Sent[],
    taken: [] as Sent[],
    async reply(conversationId: string, body: Omit<Sent, 'conversationId'>): Promise<Message> {
      const call = { conversationId, ...body };
      host.calls.push(call);
      await settle();
      const fault = host.fault(call);
      if (fault !== 'answer lost' && fault) throw fault;
      if (!host.taken.some(({ id }) => id === call.id)) host.taken.push(call);
      if (fault) throw new ClientError('network', 'lost');
      return {} as Message;
    },
  };
  const pages: AgentReplies[] = [];
  async function openPage(agentId = 'agt_budi'): Promise<AgentReplies> {
    const page = await openAgentReplies({
      client: host,
      host: 'https://host.example',
      agentId,
      account: accountId,
      runtime,
      locks: undefined,
      storage: async (name) => {
        const disk = disks.get(name) ?? createMemoryStorage();
        disks.set(name, disk);
        return { ...disk, durable: true, close() {} };
      },
    });
    pages.push(page);
    await runtime.pass(0);
    return page;
  }
  // The channel between tabs is real, so each device needs its own name.
  const accountId = runtime.newId();
  return { runtime, host, disks, openPage, closeAll: () => pages.forEach((page) => page.close()) };
}

let device = createDevice();
afterEach(() => {
  device.closeAll();
  device = createDevice();
});

const states = (page: AgentReplies, conversationId: string) =>
  page.repliesOf(conversationId).map(({ text, state }) => `${text} ${state}`);
const taken = () => device.host.taken.map(({ conversationId, text }) => `${conversationId}: ${text}`);
const network = () => new ClientError('network', 'no network');
async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds(); turns += 1) {
    assert.ok(turns < 2_000, `condition not met: ${holds}`);
    await settle();
  }
}

test('a draft belongs to its conversation and is restored after a reload', async () => {
  const page = await device.openPage();
  page.setDraft('a', 'Halo A');
  page.setDraft('b', 'Halo B');
  page.setDraft('b', '');
  await settle();
  const next = await device.openPage();
  assert.deepEqual([next.draftOf('a'), next.draftOf('b')], ['Halo A', '']);
});

test('a reply is sent with one id and the name of its agent, and its draft is deleted', async () => {
  const page = await device.openPage();
  page.setDraft('a', '  Halo  ');
  await page.send('a');
  await until(() => states(page, 'a')[0] === 'Halo sent');
  assert.equal(page.draftOf('a'), '');
  assert.deepEqual(
    device.host.calls.map(({ conversationId, text, agentId }) => [conversationId, text, agentId]),
    [['a', 'Halo', 'agt_budi']],
  );
  page.noteShown('a', new Set([device.host.calls[0]!.id]));
  assert.deepEqual(states(page, 'a'), []);
});

test('a blank draft is not sent', async () => {
  const page = await device.openPage();
  page.setDraft('a', ' \n');
  await page.send('a');
  assert.deepEqual([device.host.calls, page.draftOf('a')], [[], ' \n']);
});

test('replies wait while offline, survive a reload, and arrive once and in order', async () => {
  const page = await device.openPage();
  device.host.fault = network;
  for (const text of ['satu', 'dua']) {
    page.setDraft('a', text);
    await page.send('a');
  }
  await until(() => states(page, 'a').join() === 'satu waiting,dua waiting');
  page.close();
  device.host.fault = () => 'answer lost';
  const next = await device.openPage();
  await device.runtime.pass(1_000);
  device.host.fault = () => null;
  await device.runtime.pass(60_000);
  await until(() => states(next, 'a').join() === 'satu sent,dua sent');
  assert.deepEqual(taken(), ['a: satu', 'a: dua']);
});

test('a waiting conversation does not block another one', async () => {
  const page = await device.openPage();
  device.host.fault = ({ conversationId }) => (conversationId === 'a' ? network() : null);
  page.setDraft('a', 'tertahan');
  await page.send('a');
  page.setDraft('b', 'lewat');
  await page.send('b');
  await until(() => states(page, 'b')[0] === 'lewat sent');
  assert.deepEqual(states(page, 'a'), ['tertahan waiting']);
});

test('a reply to a resolved conversation fails at once, and can be retried, edited or discarded', async () => {
  const page = await device.openPage();
  device.host.fault = () => new ClientError('conversation_resolved', 'resolved', { status: 409 });
  for (const text of ['satu', 'dua', 'tiga']) {
    page.setDraft('a', text);
    await page.send('a');
  }
  await until(() => states(page, 'a').join() === 'satu failed,dua failed,tiga failed');
  const [one, two, three] = page.repliesOf('a');
  assert.equal(one!.fault?.code, 'conversation_resolved');
  page.setDraft('a', 'lagi');
  await page.edit(two!);
  assert.equal(page.draftOf('a'), 'dua\nlagi');
  await page.discard(three!);
  device.host.fault = () => null;
  await page.retry(one!);
  await until(() => states(page, 'a').join() === 'satu sent');
  assert.deepEqual(taken(), ['a: satu']);
});

test('a draft whose reply was sent during page unload is not restored', async () => {
  const page = await device.openPage();
  device.host.fault = network;
  page.setDraft('a', 'Halo');
  await settle();
  const [disk] = device.disks.values();
  const kept = await disk!.readAll('draft:');
  await page.send('a');
  page.close();
  await disk!.write('draft:a', kept[0]);
  const next = await device.openPage();
  assert.equal(next.draftOf('a'), '');
  assert.equal(states(next, 'a').length, 1);
});

test('a draft is deleted when the log shows its reply, unless the agent continued to type', async () => {
  const page = await device.openPage();
  page.setDraft('a', 'Halo');
  page.setDraft('b', 'Halo');
  await settle();
  const [disk] = device.disks.values();
  const ids = (await disk!.readAll<{ id: string }>('draft:')).map(({ id }) => id);
  const next = await device.openPage();
  next.setDraft('b', 'Halo, kak');
  for (const conversationId of ['a', 'b']) next.noteShown(conversationId, new Set(ids));
  assert.deepEqual([next.draftOf('a'), next.draftOf('b')], ['', 'Halo, kak']);
});

test('tabs of one agent share drafts and replies, and one of them sends', async () => {
  const [one, two] = [await device.openPage(), await device.openPage()];
  one.setDraft('a', 'Halo');
  await until(() => two.draftOf('a') === 'Halo');
  await two.send('a');
  await until(() => states(one, 'a').join() === 'Halo sent' && states(two, 'a').join() === 'Halo sent');
  assert.deepEqual([one.draftOf('a'), two.draftOf('a')], ['', '']);
  assert.equal(device.host.calls.length, 1);
});

test('another agent on the same device neither sees nor sends the texts of the first one', async () => {
  const page = await device.openPage('agt_budi');
  device.host.fault = network;
  page.setDraft('a', 'terkirim nanti');
  await page.send('a');
  page.setDraft('a', 'draf');
  await until(() => states(page, 'a')[0] === 'terkirim nanti waiting');
  page.close();
  device.host.fault = () => null;
  const before = device.host.calls.length;
  const other = await device.openPage('agt_citra');
  await device.runtime.pass(120_000);
  assert.deepEqual([other.draftOf('a'), states(other, 'a')], ['', []]);
  assert.equal(device.host.calls.length, before);
  const again = await device.openPage('agt_budi');
  await until(() => states(again, 'a').join() === 'terkirim nanti sent');
  assert.equal(again.draftOf('a'), 'draf');
});
