import '../../define.ts';
import type { AnsweredEvent, FlowRenameEvent } from '../../events.ts';
import {
  audit,
  click,
  deep,
  equal,
  focused,
  mount,
  newFlow,
  ok,
  press,
  until,
} from '../../testing/support.ts';
import type { FlowListItem } from './flow-list-item.ts';
import type { FlowList } from './flow-list.ts';

const flows: FlowListItem[] = [
  {
    id: 'flow_1',
    name: 'Jam kerja',
    version: 3,
    live: 3,
    updatedAt: '2026-03-02T02:00:00Z',
    inboxes: [{ id: 'inb_1', name: 'Toko' }],
  },
  {
    id: 'flow_2',
    name: 'Promo',
    version: 2,
    live: null,
    problemCount: 2,
    updatedAt: '2026-02-01T02:00:00Z',
    inboxes: [],
  },
];

function answerAll(list: FlowList, answer: () => Promise<void>): string[] {
  const heard: string[] = [];
  for (const type of [
    'flow-create',
    'flow-open',
    'flow-rename',
    'flow-duplicate',
    'flow-delete',
    'flow-import',
    'flow-export',
  ] as const) {
    list.addEventListener(type, (event: AnsweredEvent<void>) => {
      const { id = '', name = '', baseVersion: base } = event as Partial<FlowRenameEvent>;
      heard.push([type, id, name, base && `v${base}`].filter(Boolean).join(' '));
      event.respondWith(answer());
    });
  }
  return heard;
}

function fill(list: FlowList, name: string): void {
  deep<HTMLInputElement>(list, '#name')!.value = name;
}

describe('<flow-list>', () => {
  it('has no axe violations with flows, a menu and a dialog', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    await audit(list);
    await click(list, '[data-menu="flow_1"]');
    await until(() => deep(list, '[role=menu]'));
    await audit(list);
    list.askForNew();
    await until(() => deep(list, 'dialog[open]'));
    await audit(list);
  });

  it('asks for a name that is neither empty nor too long', async () => {
    const list = await mount<FlowList>('flow-list', { flows: [] });
    const heard = answerAll(list, () => Promise.resolve());
    await click(list, '.message .primary');
    await until(() => deep(list, 'dialog[open]'));
    fill(list, '   ');
    await click(list, 'dialog .primary');
    await until(() => deep(list, 'dialog .fault'));
    fill(list, 'x'.repeat(101));
    await click(list, 'dialog .primary');
    equal(heard, []);
    fill(list, '  Jam kerja  ');
    await click(list, 'dialog .primary');
    await until(() => !deep(list, 'dialog'));
    equal(heard, ['flow-create Jam kerja']);
  });

  it('keeps the dialog open and shows the reason when the host rejects the request', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    answerAll(list, () => Promise.reject(new Error('That name is taken.')));
    list.askForNew();
    await until(() => deep(list, 'dialog[open]'));
    fill(list, 'Promo');
    await click(list, 'dialog .primary');
    await until(() => deep(list, 'dialog .fault')?.textContent?.includes('That name is taken.'));
    equal(deep<HTMLInputElement>(list, '#name')!.value, 'Promo');
  });

  it('opens, duplicates, exports and renames', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    const heard = answerAll(list, () => Promise.resolve());
    await click(list, '.open');
    await until(() => heard.length === 1);
    for (const index of [1, 2]) {
      await list.updateComplete;
      await click(list, '[data-menu="flow_2"]');
      const items = await until(() => deep(list, '[role=menu]')?.querySelectorAll('button'));
      items[index]!.click();
      await until(() => heard.length === index + 1);
    }
    await list.updateComplete;
    await click(list, '[data-menu="flow_2"]');
    await click(list, '[role=menu] button');
    await until(() => deep<HTMLInputElement>(list, '#name')?.value === 'Promo');
    fill(list, 'Promo 2');
    await click(list, 'dialog .primary');
    await until(() => heard.length === 4);
    equal(heard, [
      'flow-open flow_1',
      'flow-duplicate flow_2',
      'flow-export flow_2',
      'flow-rename flow_2 Promo 2 v2',
    ]);
  });

  it('shows where a flow is used before it is deleted', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    const heard = answerAll(list, () => Promise.resolve());
    await click(list, '[data-menu="flow_1"]');
    await click(list, '[role=menu] .danger');
    const dialog = await until(() => deep(list, 'dialog[open]'));
    ok(dialog.textContent!.includes('Toko'));
    equal(heard, []);
    await click(list, 'dialog .danger');
    await until(() => heard.length === 1);
    equal(heard, ['flow-delete flow_1 v3']);
  });

  describe('importing', () => {
    const give = (list: FlowList, text: string, name = 'flow.json') => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name, { type: 'application/json' }));
      const input = deep<HTMLInputElement>(list, 'input[type=file]')!;
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    };
    const reasons = (list: FlowList) =>
      [...list.shadowRoot!.querySelectorAll('.strip li')].map((item) => item.textContent!);

    it('shows the file name and the reason for an invalid file, in the language of the page', async () => {
      const list = await mount<FlowList>('flow-list', { flows, locale: 'id' });
      const heard = answerAll(list, () => Promise.resolve());
      give(list, ' ', 'kosong.json');
      await until(() => deep(list, '.strip')?.textContent?.includes('“kosong.json”'));
      equal(reasons(list), ['Berkasnya kosong.']);
      give(list, '{ not json', 'rusak.json');
      await until(() => deep(list, '.strip')?.textContent?.includes('“rusak.json”'));
      ok(reasons(list)[0]!.includes('JSON'));
      give(list, '{"format":"alur.flow/9"}', 'baru.json');
      await until(() => deep(list, '.strip')?.textContent?.includes('“baru.json”'));
      equal(reasons(list), ['Formatnya tidak dikenal di sini; mungkin ditulis oleh Alur yang lebih baru.']);
      give(list, '{"format":"alur.flow/2","id":7,"name":8,"timeZone":9,"cards":10}', 'aneh.json');
      await until(() => deep(list, '.strip')?.textContent?.includes('“aneh.json”'));
      equal(reasons(list).length, 4);
      equal(reasons(list)[3], 'dan 1 lagi');
      equal(heard, []);
      await audit(list);
    });

    it('reports the success and the live state once the list contains the flow', async () => {
      const list = await mount<FlowList>('flow-list', { flows });
      const heard = answerAll(list, () => Promise.resolve());
      give(list, JSON.stringify(newFlow()));
      await until(() => deep(list, '.strip.good')?.textContent?.includes('“Jam kerja” is imported.'));
      equal(heard, ['flow-import']);
      list.flows = [...flows, { ...flows[1]!, id: 'flow_3', name: 'Jam kerja' }];
      await until(() => deep(list, '.strip.good')!.textContent!.includes('as a draft'));
      list.flows = [...flows, { ...flows[0]!, id: 'flow_3', name: 'Jam kerja' }];
      await until(() => deep(list, '.strip.good')!.textContent!.includes('live as version 3'));
      give(list, '');
      await until(() => deep(list, '.strip:not(.good)'));
      equal(deep(list, '.strip.good'), null);
    });
  });

  it('moves the focus to the next flow after a deletion, and back to the same flow after Cancel', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    answerAll(list, () => Promise.resolve());
    const ask = async (action: string) => {
      await click(list, '[data-menu="flow_1"]');
      await click(list, '[role=menu] .danger');
      await until(() => deep(list, 'dialog[open]'));
      await click(list, action);
      await until(() => !deep(list, 'dialog'));
    };
    await ask('dialog .buttons [type=button]');
    await until(() => focused().getAttribute('data-menu') === 'flow_1');
    await ask('dialog .danger');
    list.flows = [flows[1]!];
    await until(() => focused().getAttribute('data-menu') === 'flow_2');
  });

  it('focuses an invalid name, and creates a new flow in the time zone of the page', async () => {
    const list = await mount<FlowList>('flow-list', { flows, timeZone: 'Asia/Makassar' });
    const zones: string[] = [];
    list.addEventListener('flow-create', (event) => zones.push(event.timeZone));
    list.askForNew();
    await until(() => deep(list, 'dialog[open]'));
    deep(list, 'dialog .primary')!.focus();
    await click(list, 'dialog .primary');
    await until(() => focused().id === 'name');
    fill(list, 'Baru');
    await click(list, 'dialog .primary');
    await until(() => zones.length === 1 && !deep(list, 'dialog'));
    list.timeZone = null;
    list.askForNew();
    await until(() => deep(list, 'dialog[open]'));
    fill(list, 'Baru');
    await click(list, 'dialog .primary');
    await until(() => zones.length === 2);
    equal(zones, ['Asia/Makassar', Intl.DateTimeFormat().resolvedOptions().timeZone]);
  });

  it('moves in its menu with the arrow keys and returns the focus on Escape', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    await click(list, '[data-menu="flow_1"]');
    await until(() => focused().getAttribute('role') === 'menuitem');
    press('ArrowUp');
    ok(focused().classList.contains('danger'));
    press('Escape');
    await until(() => focused().getAttribute('data-menu') === 'flow_1');
  });

  it('shows the loading, empty and error states', async () => {
    const list = await mount<FlowList>('flow-list', { flows: null });
    ok(deep(list, '.ghost'));
    list.flows = [];
    await list.updateComplete;
    ok(list.shadowRoot!.textContent!.includes('No flows yet'));
    list.error = 'The host cannot be reached.';
    await list.updateComplete;
    ok(deep(list, '[role=alert]')!.textContent!.includes('The host cannot be reached.'));
  });
});
