import '../../define.ts';
import { audit, equal, focused, mount, press, type, until } from '../../testing/support.ts';
import { stringsFor } from '../../strings/strings.ts';
import { loadPart } from '../lazy-parts.ts';
import type { FlowKeywords } from './flow-keywords.ts';

const strings = stringsFor('en');

async function mountKeywords(value: string[]): Promise<FlowKeywords> {
  const field = await mount<FlowKeywords>('flow-keywords', { value, label: 'Keywords', strings });
  field.focus();
  return field;
}

/** Types a keyword and completes it with Enter. */
function enter(text: string): void {
  type(text);
  press('Enter');
}

const status = (field: FlowKeywords) => field.renderRoot.querySelector('[role=status]')!.textContent!.trim();
const marked = (field: FlowKeywords) =>
  [...field.renderRoot.querySelectorAll('.repeated .text')].map(({ textContent }) => textContent);

describe('<flow-keywords>', () => {
  before(() => loadPart('details'));
  afterEach(() => document.body.replaceChildren());

  it('says that a keyword is already in the list, and marks it', async () => {
    const field = await mountKeywords(['vip', "ma'af"]);
    equal(status(field), '');
    enter('ma’af');
    await until(() => status(field) !== '');
    equal(status(field), strings.fields.keywordRepeated(["ma'af"]));
    equal(marked(field), ["ma'af"]);
    equal(field.value, ['vip', "ma'af"]);
    await audit(field);
    type('x');
    await until(() => status(field) === '');
    equal(marked(field), []);
  });

  it('adds the new keywords of a list that repeats others', async () => {
    const field = await mountKeywords(['vip', 'refund']);
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'vip, batal, REFUND');
    focused().dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
    );
    await until(() => field.value.length === 3);
    equal(field.value, ['vip', 'refund', 'batal']);
    equal(status(field), strings.fields.keywordRepeated(['vip', 'refund']));
    equal((focused() as HTMLInputElement).value, '');
  });
});
