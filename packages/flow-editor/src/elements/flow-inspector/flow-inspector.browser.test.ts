import type { ConditionCard, Flow, TimeTest } from '@alur/flow';
import '../../define.ts';
import {
  audit,
  click,
  deep,
  equal,
  flowOf,
  focused,
  mountEditor,
  newFlow,
  ok,
  press,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

/** Types a text into a field and moves the focus away. */
function fill(editor: FlowEditor, selector: string, text: string): void {
  const field = deep<HTMLInputElement>(editor, selector)!;
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  field.blur();
}

async function open(editor: FlowEditor, cardId: string): Promise<void> {
  editor.showCard(cardId);
  await until(() => deep(editor, '.fields'));
}

const faultOf = (editor: FlowEditor, field: string) =>
  deep(editor, `[data-field="${field}"] .fault`)?.textContent?.trim() ?? '';

describe('the details of a card', () => {
  it('show the problem of the time in the field, without a note about midnight', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    await open(editor, 'hours');
    fill(editor, '#field-from', '9pm');
    await until(() => faultOf(editor, 'from').includes('“9pm”') || faultOf(editor, 'from').includes('"9pm"'));
    fill(editor, '#field-from', 'abc');
    await until(() => faultOf(editor, 'from').includes('abc'), 'the fault is about another time');
    ok(!deep(editor, 'flow-inspector')!.shadowRoot!.textContent!.includes('midnight'));
    fill(editor, '#field-from', '22');
    await until(() => deep(editor, 'flow-inspector')!.shadowRoot!.textContent!.includes('midnight'));
    await until(() => faultOf(editor, 'from') === '');
  });

  it('show times in the format of the language on the card and in the fields', async () => {
    const editor = await mountEditor({ flow: smallFlow(), locale: 'id' });
    await open(editor, 'hours');
    equal(deep<HTMLInputElement>(editor, '#field-to')!.value, '17.00');
    ok(deep(editor, '.card[data-id="hours"]')!.textContent!.includes('09.00–17.00'));
    ok(deep(editor, '.reading')!.textContent!.includes('09.00–17.00'));
    fill(editor, '#field-to', '18.30');
    await until(() => deep(editor, '.card[data-id="hours"]')!.textContent!.includes('09.00–18.30'));
  });

  it('list several times of a condition, and add and remove them', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    await open(editor, 'hours');
    equal(deep(editor, 'fieldset.window'), null);
    await click(editor, '.add-window');
    await until(() => deep(editor, '#field-1-from'));
    await until(() => focused().id === 'field-1-from');
    const windows = () => ((editor.flow!.cards['hours'] as ConditionCard).test as TimeTest).windows;
    equal(windows()[1], { from: '09:00', to: '17:00', days: [6, 7] });
    fill(editor, '#field-1-to', '12.00');
    await until(() =>
      deep(editor, '.card[data-id="hours"]')!.textContent!.includes(
        '09:00–17:00 · Mon–Fri; 09:00–12:00 · Sat, Sun',
      ),
    );
    equal(windows()[0]!.to, '17:00');
    fill(editor, '#field-1-from', 'noon');
    await until(() => faultOf(editor, 'from').includes('noon'));
    equal(deep(editor, '#field-from')!.getAttribute('aria-invalid'), 'false');
    equal(deep(editor, '#field-1-from')!.getAttribute('aria-invalid'), 'true');
    const ids = [...deep(editor, 'flow-inspector')!.shadowRoot!.querySelectorAll('[id]')].map(({ id }) => id);
    equal(ids.length, new Set(ids).size);
    equal(deep(editor, '.remove')!.ariaLabel, 'Remove 09:00–17:00 · Mon–Fri');
    await click(editor, '.remove');
    await until(() => windows().length === 1 && !deep(editor, 'fieldset.window'));
    await until(() => focused().matches('.add-window'));
    editor.undo();
    equal(windows().length, 2);
  });

  it('show that a condition has no times, and offer to add some', async () => {
    const flow = smallFlow();
    flow.cards['hours'] = {
      kind: 'condition',
      test: { kind: 'first-message-time', windows: [] },
      next: ['bot'],
    };
    const editor = await mountEditor({ flow, locale: 'id' });
    await open(editor, 'hours');
    await until(() => deep(editor, '.windows .fault')?.textContent?.includes('Belum ada yang dipilih'));
    ok(deep(editor, '.card[data-id="hours"]')!.textContent!.includes('Belum ada jam'));
    await click(editor, '.add-window');
    await until(() => focused().id === 'field-from');
    equal(deep(editor, '.windows .fault'), null);
  });

  it('show a flow of the first format, and save it in the current one', async () => {
    const flow = { ...smallFlow(), format: 'alur.flow/1' } as unknown as Flow;
    const { windows, ...test } = (flow.cards['hours'] as ConditionCard).test as TimeTest;
    (flow.cards['hours'] as ConditionCard).test = { ...test, ...windows[0] } as unknown as TimeTest;
    const editor = await mountEditor({ flow });
    await open(editor, 'hours');
    equal(deep<HTMLInputElement>(editor, '#field-from')!.value, '09:00');
    equal(editor.dirty, false);
    const saved: Flow[] = [];
    editor.addEventListener('flow-save', (event) => {
      saved.push(event.flow);
      event.respondWith(Promise.resolve({ version: 2, live: true, problems: [] }));
    });
    fill(editor, '#field-from', '08:00');
    editor.save();
    await until(() => saved.length === 1);
    equal(saved[0], { ...smallFlow(), cards: { ...smallFlow().cards, hours: editor.flow!.cards['hours'] } });
    equal(((saved[0]!.cards['hours'] as ConditionCard).test as TimeTest).windows[0]!.from, '08:00');
  });

  it('show the time zone of the flow at Start Point, and change it as one step', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    await open(editor, 'start');
    const picker = deep(editor, '[data-field="timeZone"] flow-picker')!;
    ok(picker.shadowRoot!.textContent!.includes('Asia/Jakarta'));
    picker.focus();
    press('ArrowDown');
    await until(() => deep(picker, '.rest')?.textContent?.includes('more'), 'no hint about older messages');
    type('makas');
    await until(() => deep(picker, '.option')?.textContent?.includes('Asia/Makassar'));
    equal(deep(picker, '.rest'), null);
    press('Enter');
    equal(editor.flow!.timeZone, 'Asia/Makassar');
    editor.undo();
    equal(editor.flow!.timeZone, 'Asia/Jakarta');
  });

  it('find a time zone by its current and older names', async () => {
    const editor = await mountEditor({ flow: { ...smallFlow(), timeZone: 'US/Pacific' } });
    await open(editor, 'start');
    const picker = deep(editor, '[data-field="timeZone"] flow-picker')!;
    ok(deep(picker, '.chip')?.textContent?.includes('US/Pacific'));
    equal(deep(picker, '.chip.missing'), null);
    for (const [query, zone] of [
      ['kolkata', 'Asia/Kolkata'],
      ['calcutta', 'Asia/Kolkata'],
      ['kyiv', 'Europe/Kyiv'],
      ['kiev', 'Europe/Kyiv'],
      ['rangoon', 'Asia/Yangon'],
      ['yangon', 'Asia/Yangon'],
      ['us/pacific', 'America/Los_Angeles'],
      ['los angeles', 'America/Los_Angeles'],
    ] as const) {
      picker.focus();
      type(query);
      await until(
        () => deep(picker, '.option .text')?.textContent === zone,
        `${query} does not find ${zone}`,
      );
      press('Enter');
      equal(editor.flow!.timeZone, zone);
      await until(() => deep(picker, '.chip')?.textContent?.includes(zone));
      equal(deep(picker, '.chip.missing'), null);
      editor.undo();
      await until(() => deep(picker, '.chip')?.textContent?.includes('US/Pacific'));
    }
  });

  it('show a zone that does not exist as missing, and warn of an inverted one', async () => {
    const editor = await mountEditor({ flow: { ...smallFlow(), timeZone: 'Asia/Nowhere' } });
    await open(editor, 'start');
    const picker = () => deep(editor, '[data-field="timeZone"] flow-picker')!;
    ok(deep(picker(), '.chip.missing'));
    editor.flow = { ...smallFlow(), timeZone: 'Etc/GMT+7' };
    await open(editor, 'start');
    await until(() => deep(picker(), '.chip')?.textContent?.includes('Etc/GMT+7'));
    equal(deep(picker(), '.chip.missing'), null);
    await until(() =>
      deep(editor, '.inspector, flow-inspector')?.shadowRoot?.textContent?.includes('7 h behind UTC'),
    );
  });

  it('show warnings for a new card until its field loses the focus, then errors', async () => {
    const editor = await mountEditor({ flow: newFlow() });
    await until(() => deep(editor, '.problems .number')?.textContent === '1');
    equal(deep(editor, '.problems.error'), null);
    editor.actions.add('start', 'message');
    await until(() => focused().id === 'field-text');
    await until(() => faultOf(editor, 'text') === 'Not filled in yet.');
    equal(deep(editor, '.mark.error'), null);
    equal(deep(editor, '.add.open.error'), null);
    equal(focused().ariaInvalid, 'false');
    (focused() as HTMLElement).blur();
    await until(() => deep(editor, '.mark.error'));
    equal(faultOf(editor, 'text'), 'Message is empty; fill it in.');
    // The unfinished path is not an error until a save is attempted.
    equal(deep(editor, '.add.open.error'), null);
    editor.addEventListener('flow-save', (event) => event.respondWith(Promise.reject(new Error('No'))));
    editor.save();
    await until(() => deep(editor, '.add.open.error'));
  });

  it('mark neither teams nor agents as invalid if one of them is enough', async () => {
    const flow = flowOf({
      start: { kind: 'start', next: ['hand'] },
      hand: { kind: 'assign-human', agentIds: [], teamIds: [], skipLastAiResponse: false, next: [] },
    });
    const editor = await mountEditor({ flow });
    await open(editor, 'hand');
    await until(() => deep(editor, '.loose')?.textContent?.includes('No agent and no team is chosen'));
    equal(deep(editor, '.fault'), null);
    const pickers = deep(editor, 'flow-inspector')!.shadowRoot!.querySelectorAll('flow-picker[invalid]');
    equal(pickers.length, 0);
  });

  it('show a sentence for a missing part of a new card', async () => {
    const editor = await mountEditor({ flow: newFlow(), locale: 'id' });
    editor.actions.add('start', 'buttons');
    await until(() => deep(editor, '.loose .warning')?.textContent?.includes('Belum ada tombol'));
    equal(deep(editor, '.loose .error'), null);
    equal(faultOf(editor, 'text'), 'Belum diisi.');
  });

  it('show an error directly below the field, and keep long words inside the panel', async () => {
    const flow = smallFlow();
    flow.cards['vip'] = {
      kind: 'condition',
      test: { kind: 'first-message-text', keywords: ['panjang'.repeat(30)] },
      next: ['mark'],
    };
    flow.cards['mark'] = { kind: 'message', text: '', next: ['team'] };
    const editor = await mountEditor({ flow });
    await open(editor, 'mark');
    await until(() => faultOf(editor, 'text') !== '');
    equal(deep(editor, '#field-text')!.nextElementSibling!.className, 'fault error');
    const scroller = deep(editor, 'flow-inspector')!.shadowRoot!.querySelector('.scroll')!;
    equal(scroller.scrollWidth, scroller.clientWidth);
  });

  it('aligns text by its own direction', async () => {
    const editor = await mountEditor({ flow: smallFlow() });
    await open(editor, 'vip');
    const fields = [
      ...deep(editor, 'flow-inspector')!.shadowRoot!.querySelectorAll('input[type=text], textarea'),
    ];
    ok(fields.length > 1 && fields.every((field) => (field as HTMLElement).dir === 'auto'));
  });
});

describe('the add menu', () => {
  for (const [words, kind] of [
    ['waktu', 'first-message-time'],
    ['pesan gambar', 'message'],
    ['tombol', 'buttons'],
    ['alihkan manusia', 'assign-human'],
    ['if text', 'first-message-text'],
  ] as const) {
    it(`finds ${kind} by “${words}”`, async () => {
      const editor = await mountEditor({ flow: newFlow() });
      await click(editor, '[data-parent="start"]');
      await until(() => focused().matches('.search input'));
      type(words);
      await until(() => deep(editor, `.option[data-kind="${kind}"]`));
    });
  }
});

describe('the counters of <flow-inspector>', () => {
  for (const dir of ['ltr', 'rtl'])
    it(`are beside the text of a button, without overlap, ${dir}`, async () => {
      const editor = await mountEditor({
        flow: flowOf({
          start: { kind: 'start', next: ['ask'] },
          ask: { kind: 'buttons', text: 'Halo', next: ['b1', 'typed'] },
          b1: { kind: 'button', label: 'Pesanan saya di mana', next: [] },
          typed: { kind: 'else', next: [] },
        }),
      });
      document.documentElement.dir = dir;
      editor.showCard('ask');
      const list = await until(() => deep(editor, '.buttons ol'));
      const input = list.querySelector('input')!.getBoundingClientRect();
      const count = list.querySelector('.count')!.getBoundingClientRect();
      document.documentElement.dir = '';
      ok(count.left >= input.right - 1 || count.right <= input.left + 1, `${count.left} ${input.right}`);
    });
});

describe('the weekdays of a time test', () => {
  for (const locale of ['en', 'id'])
    it(`have accessible names that contain their visible text, ${locale}`, async () => {
      const editor = await mountEditor({ flow: smallFlow(), locale });
      await open(editor, 'hours');
      ok(deep(editor, '.day'));
      await audit(editor);
    });
});

describe('<flow-simulator> on a small screen', () => {
  it('leaves room for the conversation at a width of 320 px', async () => {
    const editor = await mountEditor({ flow: smallFlow() }, { width: 320, height: 640 });
    editor.view.togglePanel('try');
    await until(() => focused().matches('.composer input'));
    type('saya VIP');
    deep<HTMLButtonElement>(editor, '.composer .primary')!.click();
    const bubble = await until(() => deep(editor, '.log .bubble.visitor'));
    await until(() => {
      const view = deep(editor, '.scroll')!.getBoundingClientRect();
      const box = bubble.getBoundingClientRect();
      return view.height > 200 && box.bottom <= view.bottom && box.top >= view.top;
    }, 'the conversation is cut off');
  });
});
