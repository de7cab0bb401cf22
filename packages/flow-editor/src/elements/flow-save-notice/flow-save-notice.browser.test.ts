import '../../define.ts';
import { audit, equal, mount, mountEditor, smallFlow } from '../../testing/support.ts';
import type { SaveChoiceRequest } from '../requests.ts';
import type { FlowSaveNotice } from './flow-save-notice.ts';

/** Adds a notice to the page, and collects the choices of the user. */
async function mountNotice(properties: Partial<FlowSaveNotice>) {
  const { context } = await mountEditor({ flow: smallFlow() });
  const notice = await mount<FlowSaveNotice>('flow-save-notice', { context, ...properties });
  const choices: string[] = [];
  notice.addEventListener('save-choice-request', (event) =>
    choices.push((event as SaveChoiceRequest).choice),
  );
  const buttons = () => [...notice.shadowRoot!.querySelectorAll('button')];
  const roleOf = () => notice.shadowRoot!.querySelector('.strip')?.getAttribute('role');
  return { notice, choices, buttons, roleOf };
}

const conflict = { kind: 'conflict', version: 2, flow: smallFlow(), live: true } as const;

describe('<flow-save-notice>', () => {
  afterEach(() => document.body.replaceChildren());

  it('is empty and has no height without a save error', async () => {
    for (const kind of ['idle', 'saving'] as const) {
      const { notice, buttons } = await mountNotice({ phase: { kind } });
      equal([buttons().length, notice.getBoundingClientRect().height], [0, 0], kind);
    }
  });

  it('shows why a save failed, and offers a retry', async () => {
    const { notice, choices, buttons, roleOf } = await mountNotice({
      phase: { kind: 'failed', message: 'No connection.', live: true },
    });
    equal(notice.shadowRoot!.querySelector('p')!.textContent!.includes('No connection.'), true);
    equal(roleOf(), 'alert');
    await audit(notice);
    for (const button of buttons()) button.click();
    equal(choices, ['retry', 'dismiss']);
  });

  it('offers four ways out of a conflict', async () => {
    const { notice, choices, buttons, roleOf } = await mountNotice({ phase: conflict });
    equal(roleOf(), 'alert');
    await audit(notice);
    for (const button of buttons()) button.click();
    equal(choices, ['review', 'take-theirs', 'keep-mine', 'merge']);
  });

  it('returns from the review of the other version', async () => {
    const { choices, buttons, roleOf } = await mountNotice({ phase: conflict, isReviewing: true });
    equal(roleOf(), 'status');
    for (const button of buttons()) button.click();
    equal(choices, ['end-review']);
  });

  it('shows the result of a merge until it is dismissed', async () => {
    const { notice, choices, buttons } = await mountNotice({ note: 'Merged.' });
    equal(notice.shadowRoot!.querySelector('p')!.textContent, 'Merged.');
    for (const button of buttons()) button.click();
    equal(choices, ['dismiss']);
  });
});
