import '../../define.ts';
import type { AnsweredEvent } from '../../events.ts';
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
      const { id = '', name = '' } = event as { id?: string; name?: string };
      heard.push([type, id, name].filter(Boolean).join(' '));
      event.respondWith(answer());
    });
  }
  return heard;
}

function fill(list: FlowList, name: string): void {
  deep<HTMLInputElement>(list, '#name')!.value = name;
}

describe('<flow-list>', () => {
  it('has nothing that axe objects to, with flows, a menu and a dialog', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    await audit(list);
    await click(list, '[data-menu="flow_1"]');
    await until(() => deep(list, '[role=menu]'));
    await audit(list);
    list.askForNew();
    await until(() => deep(list, 'dialog[open]'));
    await audit(list);
  });

  it('asks for a name first, and for one that is neither empty nor too long', async () => {
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

  it('keeps the dialog and says why when the host refuses', async () => {
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
      'flow-rename flow_2 Promo 2',
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
    equal(heard, ['flow-delete flow_1']);
  });

  it('imports a file that holds a flow, and refuses any other with the reason', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    const heard = answerAll(list, () => Promise.resolve());
    const give = (text: string) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'flow.json', { type: 'application/json' }));
      const input = deep<HTMLInputElement>(list, 'input[type=file]')!;
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    };
    give('{ not json');
    await until(() => deep(list, '.strip'));
    const before = deep(list, '.strip')!.textContent!;
    give('{"format":"alur.flow/1"}');
    await until(() => deep(list, '.strip')!.textContent!.trim().length > before.trim().length);
    equal(heard, []);
    give(JSON.stringify(newFlow()));
    await until(() => heard.length === 1);
    equal(heard, ['flow-import']);
    await until(() => !deep(list, '.strip'));
  });

  it('walks its menu with the arrow keys and gives the focus back on Escape', async () => {
    const list = await mount<FlowList>('flow-list', { flows });
    await click(list, '[data-menu="flow_1"]');
    await until(() => focused().getAttribute('role') === 'menuitem');
    press('ArrowUp');
    ok(focused().classList.contains('danger'));
    press('Escape');
    await until(() => focused().getAttribute('data-menu') === 'flow_1');
  });

  it('says that it loads, that there is nothing, and that loading failed', async () => {
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
