import type { Flow } from '@alur/flow';
import '../../define.ts';
import { audit, click, deep, equal, flowOf, mount, ok, until } from '../../testing/support.ts';
import type { InboxFlow, SelectableFlow } from './inbox-flow.ts';

const item = (id: string, name: string, live: number | null, flow?: Flow): SelectableFlow => ({
  id,
  name,
  version: 2,
  live,
  updatedAt: '2026-03-02T02:00:00Z',
  inboxes: [],
  ...(flow && { flow }),
});

const inbox = { id: 'inb_1', name: 'Toko', type: 'web-livechat', flowId: 'flow_1' };
const flows = [item('flow_1', 'Jam kerja', 2), item('flow_2', 'Promo', null)];

async function choose(element: InboxFlow, id: string): Promise<void> {
  const select = deep<HTMLSelectElement>(element, 'select')!;
  select.value = id;
  select.dispatchEvent(new Event('change'));
  await element.updateComplete;
}

describe('<inbox-flow>', () => {
  it('has no axe violations', async () => {
    await audit(await mount<InboxFlow>('inbox-flow', { inbox, flows }));
  });

  it('shows the live flow', async () => {
    const element = await mount<InboxFlow>('inbox-flow', { inbox, flows });
    ok(deep(element, '.now')!.textContent!.includes('Jam kerja, version 2'));
    element.inbox = { ...inbox, flowId: null };
    await element.updateComplete;
    ok(deep(element, '.now')!.textContent!.includes('No flow is live'));
    element.inbox = { ...inbox, flowId: 'flow_2' };
    await element.updateComplete;
    ok(deep(element, '.now')!.textContent!.includes('Promo, not live yet'));
    element.inbox = { ...inbox, flowId: 'flow_gone' };
    await element.updateComplete;
    ok(deep(element, '.now')!.textContent!.includes('no longer exists'));
  });

  it('adds the state and the time to flows of the same name', async () => {
    const twins = [item('flow_1', 'Promo', 2), { ...item('flow_2', 'Promo', null), updatedAt: 'x' }];
    const element = await mount<InboxFlow>('inbox-flow', {
      inbox,
      flows: [...twins, item('flow_3', 'Jam kerja', 1)],
    });
    const [, first, second, third] = deep<HTMLSelectElement>(element, 'select')!.options;
    ok(/^Promo · Live v2 · .*March 2026/.test(first!.text), first!.text);
    equal([second!.text, third!.text], ['Promo · Not live', 'Jam kerja']);
  });

  it('emits an update only on Update, with the selected flow or with none', async () => {
    const element = await mount<InboxFlow>('inbox-flow', { inbox, flows });
    const heard: (string | null)[] = [];
    element.addEventListener('inbox-flow-update', (event) => {
      equal(event.inboxId, 'inb_1');
      heard.push(event.flowId);
      event.respondWith(Promise.resolve());
    });
    equal(deep<HTMLButtonElement>(element, '.primary')!.disabled, true);
    await choose(element, 'flow_2');
    equal(heard, []);
    ok(deep(element, '.warnings')!.textContent!.includes('No version of this flow is live'));
    await click(element, '.primary');
    await until(() => deep(element, '.answer'));
    await choose(element, '');
    await click(element, '.primary');
    await until(() => element.inbox!.flowId === null);
    equal(heard, ['flow_2', null]);
  });

  it('shows that nothing was changed when the host rejects the update', async () => {
    const element = await mount<InboxFlow>('inbox-flow', { inbox, flows });
    element.addEventListener('inbox-flow-update', (event) =>
      event.respondWith(Promise.reject(new Error('403'))),
    );
    await choose(element, 'flow_2');
    await click(element, '.primary');
    await until(() => deep(element, '.answer.bad'));
    equal(element.inbox!.flowId, 'flow_1');
  });

  it('warns about the limits of WhatsApp', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    const flow = flowOf({
      start: { kind: 'start', next: ['ask'] },
      ask: { kind: 'buttons', text: 'Pilih', next: [...ids, 'else'] },
      else: { kind: 'else', next: [] },
    });
    for (const id of ids) flow.cards[id] = { kind: 'button', label: id, next: [] };
    const element = await mount<InboxFlow>('inbox-flow', {
      inbox: { ...inbox, type: 'whatsapp' },
      flows: [item('flow_1', 'Jam kerja', 2, flow)],
    });
    ok(deep(element, '.warnings')!.textContent!.includes('at most 3 buttons'));
  });
});
