import '../../define.ts';
import {
  booleanField,
  textField,
  type Card,
  type CustomCard,
  type CustomTest,
  type StepAuthorKind,
  type TestAuthorKind,
} from '@alur/flow';
import type { FlowKinds } from '../../kinds/custom-kinds.ts';
import {
  audit,
  click,
  deep,
  equal,
  flowOf,
  focused,
  kindsBelow,
  mountEditor,
  ok,
  settle,
  type,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from './flow-editor.ts';

const ticket: StepAuthorKind<CustomCard> = {
  kind: 'x-ticket',
  role: 'action',
  name: { id: 'Buat Tiket', en: 'Create Ticket' },
  fields: [
    textField('subject', { id: 'Judul', en: 'Subject' }, { max: 20 }),
    booleanField('urgent', { id: 'Mendesak', en: 'Urgent' }, { required: false }),
  ],
  summary: ({ subject }) => `*${String(subject)}*`,
};
const handOver: StepAuthorKind<CustomCard> = {
  kind: 'x-hand-over',
  role: 'end',
  name: { id: 'Serahkan', en: 'Hand Over' },
  fields: [],
  summary: () => 'to the warehouse',
};
const pageTest: TestAuthorKind<CustomTest> = {
  kind: 'x-page',
  name: { id: 'Halaman', en: 'Page' },
  fields: [textField('prefix', { id: 'Awalan', en: 'Prefix' }, { max: 50, isPublic: true })],
  summary: ({ prefix }) => `page *${String(prefix)}*`,
};

const kinds: FlowKinds = {
  author: { steps: [ticket, handOver] as StepAuthorKind[], tests: [pageTest as TestAuthorKind] },
  run: {
    tests: [{ kind: 'x-page', compile: () => () => true }],
    steps: [
      {
        kind: 'x-ticket',
        compile: (_card, _tools, cardId) => ({
          enter: ({ effects }) => void effects.push({ kind: 'x-ticket', cardId }),
        }),
      },
      { kind: 'x-hand-over', compile: () => ({ enter: () => 'end' }) },
    ],
  },
};

const flow = () =>
  flowOf({
    start: { kind: 'start', next: ['shop', 'rest'] },
    shop: { kind: 'condition', test: { kind: 'x-page', prefix: '/shop' }, next: ['ticket'] },
    rest: { kind: 'else', next: ['bot'] },
    ticket: { kind: 'x-ticket', subject: 'Refund', urgent: false, next: ['over'] },
    over: { kind: 'x-hand-over', next: [] },
    bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
  });

const card = (editor: FlowEditor, cardId: string) =>
  until(() => deep(editor, `flow-canvas`)!.shadowRoot!.querySelector<HTMLElement>(`[data-id="${cardId}"]`));
const textOf = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();

describe('card kinds of the page', () => {
  afterEach(() => document.body.replaceChildren());

  it('are shown with their name and summary, and have no problems', async () => {
    const editor = await mountEditor({ flow: flow(), kinds, locale: 'en' });
    ok(textOf(await card(editor, 'ticket')).includes('Create Ticket'));
    ok(textOf(await card(editor, 'ticket')).includes('“Refund”'));
    ok(textOf(await card(editor, 'shop')).includes('Page page “/shop”'));
    ok(textOf(await card(editor, 'over')).includes('to the warehouse'));
    equal(deep(editor, '[data-parent="over"]'), null, 'a + below an end');
    await until(() => editor.checking.state === 'good');
    equal(editor.store.$problems.get(), []);
    await settle(editor);
    await audit(editor);
  });

  it('have names in the language of the editor', async () => {
    const editor = await mountEditor({ flow: flow(), kinds, locale: 'id' });
    ok(textOf(await card(editor, 'ticket')).includes('Buat Tiket'));
    editor.locale = 'en';
    await until(async () => textOf(await card(editor, 'ticket')).includes('Create Ticket'));
  });

  it('are found in the add menu, and added with empty fields', async () => {
    const editor = await mountEditor({ flow: flow(), kinds, locale: 'en' });
    await click(editor, '[data-parent="shop"]');
    await until(() => focused().matches('[role=combobox]'));
    const menu = deep(editor, 'flow-add-menu')!;
    const offered = () =>
      [...menu.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]')].map(
        ({ dataset }) => dataset['kind'],
      );
    ok(offered().includes('x-page') && offered().includes('x-ticket'));
    equal(offered().includes('x-hand-over'), false, 'an end between two cards');
    type('tiket');
    await until(() => offered().length === 1);
    menu.shadowRoot!.querySelector<HTMLElement>('[role=option]')!.click();
    await until(() => kindsBelow(editor, 'shop')[0] === 'x-ticket');
    const added = editor.flow!.cards['shop']!.next[0]!;
    const { next, ...fields } = editor.flow!.cards[added]!;
    equal([fields, next], [{ kind: 'x-ticket', subject: '', urgent: false }, ['ticket']]);
  });

  it('are edited in the panel like other cards', async () => {
    const editor = await mountEditor({ flow: flow(), kinds, locale: 'en' });
    editor.showCard('ticket', 'subject');
    await until(() => focused().id === 'field-subject');
    type('s');
    await until(async () => textOf(await card(editor, 'ticket')).includes('“Refunds”'));
    editor.undo();
    await until(() => (editor.flow!.cards['ticket'] as Card & { subject: string }).subject === 'Refund');
  });

  it('run in the simulator', async () => {
    const editor = await mountEditor({ flow: flow(), kinds, locale: 'en' });
    editor.view.togglePanel('try');
    await until(() => focused().matches('.composer input'));
    const panel = deep(editor, 'flow-simulator')!;
    type('Hi');
    deep(panel, '.composer .primary')!.click();
    const effects = () => [...panel.shadowRoot!.querySelectorAll('.effect')].map(textOf);
    await until(() => effects().length === 1);
    equal(effects(), [editor.strings.tryIt.effects.custom('Create Ticket')]);
    equal(editor.store.$trace.get()!.get('over')?.outcome, 'entered');
  });

  it('that throw are shown without a summary', async () => {
    const broken = {
      ...ticket,
      summary: () => {
        throw new Error('broken');
      },
    };
    const editor = await mountEditor({
      flow: flow(),
      kinds: { author: { ...kinds.author, steps: [broken, handOver] as StepAuthorKind[] } },
      locale: 'en',
    });
    ok(textOf(await card(editor, 'ticket')).includes(editor.strings.face.custom));
  });

  it('are unknown without the property: kept, and reported', async () => {
    const editor = await mountEditor({ flow: flow(), locale: 'en' });
    await until(() => editor.checking.state === 'faulty');
    equal(
      editor.store.$problems.get().map(({ code, cardId }) => [code, cardId]),
      [
        ['unknown-kind', 'shop'],
        ['unknown-kind', 'ticket'],
        ['unknown-kind', 'over'],
        ['unfinished-path', 'over'],
      ],
    );
  });
});
