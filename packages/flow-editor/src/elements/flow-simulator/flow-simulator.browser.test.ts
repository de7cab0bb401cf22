import '../../define.ts';
import {
  audit,
  deep,
  equal,
  flowOf,
  focused,
  mountEditor,
  settle,
  smallFlow,
  type,
  until,
} from '../../testing/support.ts';
import type { Flow } from '@alur/flow';
import type { FlowEditor } from '../flow-editor/flow-editor.ts';

async function openSimulator(flow: Flow): Promise<{ editor: FlowEditor; panel: HTMLElement }> {
  const editor = await mountEditor({ flow });
  editor.view.togglePanel('try');
  await until(() => focused().matches('.composer input'));
  return { editor, panel: deep(editor, 'flow-simulator')! };
}

/** Writes a message as a visitor. */
function send(panel: HTMLElement, text: string): void {
  panel.shadowRoot!.querySelector<HTMLElement>('.composer input')!.focus();
  type(text);
  deep(panel, '.composer .primary')!.click();
}

const texts = (panel: HTMLElement, selector: string) =>
  [...panel.shadowRoot!.querySelectorAll(selector)].map(({ textContent }) => textContent!.trim());

/** Returns a flow that asks by buttons. */
function askingFlow(): Flow {
  return flowOf({
    start: { kind: 'start', next: ['ask'] },
    ask: { kind: 'buttons', text: 'Ada yang bisa dibantu?', next: ['order', 'typed'] },
    order: { kind: 'button', label: 'Pesanan', next: ['thanks'] },
    typed: { kind: 'else', next: ['bot'] },
    thanks: { kind: 'message', text: 'Terima kasih.', next: ['bot2'] },
    bot: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
    bot2: { kind: 'assign-ai', aiAgentId: 'ai_cs', agentIds: [], next: [] },
  });
}

describe('<flow-simulator>', () => {
  afterEach(() => document.body.replaceChildren());

  it('shows the path of a message, its reasons and its effects', async () => {
    const { editor, panel } = await openSimulator(smallFlow());
    send(panel, 'saya vip');
    await until(() => texts(panel, '.effect').length > 0);
    equal(texts(panel, '.visitor .said'), ['saya vip']);
    equal(texts(panel, '.effect').slice(0, 2), [
      editor.strings.tryIt.effects.label('VIP'),
      editor.strings.tryIt.effects['assign-human']('Tim VIP'),
    ]);
    equal([...editor.store.$trace.get()!.keys()].includes('team'), true);
    // Opening panels are transparent.
    await settle(editor);
    await audit(panel);
    panel.shadowRoot!.querySelector<HTMLElement>('.asked')!.click();
    equal(editor.store.$selected.get(), 'vip');
  });

  it('waits at buttons, and continues with the pressed one only once', async () => {
    const { panel } = await openSimulator(askingFlow());
    send(panel, 'Halo');
    const button = await until(() => deep<HTMLButtonElement>(panel, '.choices button'));
    button.click();
    await until(() => texts(panel, '.bot .said').includes('Terima kasih.'));
    equal(texts(panel, '.visitor .said'), ['Halo', 'Pesanan']);
    await until(() => deep<HTMLButtonElement>(panel, '.choices button')!.disabled);
  });

  it('sends no blank message', async () => {
    const { panel } = await openSimulator(smallFlow());
    send(panel, '  ');
    await (panel as HTMLElement & { updateComplete: Promise<boolean> }).updateComplete;
    equal(texts(panel, '.visitor .said'), []);
  });

  it('takes the set clock for a test of the time', async () => {
    const { editor, panel } = await openSimulator(smallFlow());
    const clock = deep<HTMLInputElement>(panel, '#clock')!;
    clock.value = '2026-02-03T10:00';
    clock.dispatchEvent(new Event('change'));
    send(panel, 'Halo');
    await until(() => editor.store.$trace.get()?.get('hours')?.outcome === 'matched');
    clock.value = '2026-02-03T20:00';
    clock.dispatchEvent(new Event('change'));
    deep(panel, '.panel-head .button')!.click();
    send(panel, 'Halo');
    await until(() => editor.store.$trace.get()?.get('hours')?.outcome === 'not-matched');
  });

  it('keeps the conversation while its panel is closed, and forgets it on "Start over"', async () => {
    const { editor, panel } = await openSimulator(smallFlow());
    send(panel, 'saya vip');
    await until(() => texts(panel, '.visitor').length === 1);
    editor.view.togglePanel('try');
    await until(() => deep(editor, 'flow-simulator') === null);
    equal(editor.store.$trace.get(), null);
    editor.view.togglePanel('try');
    const again = await until(() => deep(editor, 'flow-simulator'));
    await until(() => texts(again, '.visitor').length === 1);
    deep(again, '.panel-head .button')!.click();
    await until(() => texts(again, '.visitor').length === 0);
  });
});
