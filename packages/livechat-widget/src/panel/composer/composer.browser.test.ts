import { equal, ok, until } from '../../testing/page.ts';
import '../../define.ts';
import { startNetwork, stopNetwork } from '../../testing/fake-network.ts';
import { openChat, type OpenChat } from '../../testing/open-chat.ts';

describe('the composer', () => {
  let chat: OpenChat;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    chat.widget.remove();
    sessionStorage.clear();
  });

  const note = () => chat.widget.one('#left')!.textContent!.trim();
  /**
   * Dispatches the event that browsers send before they insert from the clipboard. Inserts the text if no
   * listener prevents it.
   */
  function paste(text: string) {
    const { field } = chat.widget;
    field.focus();
    const event = new InputEvent('beforeinput', {
      inputType: 'insertFromPaste',
      data: text,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (field.dispatchEvent(event)) document.execCommand('insertText', false, text);
  }

  it('cuts a paste of a million characters at once, shows a note, and sends the rest', async () => {
    chat = await openChat();
    const { field } = chat.widget;
    chat.widget.type('Note: ');
    field.setSelectionRange(6, 6);
    const start = performance.now();
    paste('🐦'.repeat(500_000));
    ok(performance.now() - start < 1_000, `${performance.now() - start} ms`);
    equal([...field.value].length, 4_000);
    await until(() => note().startsWith('The text was shortened'), 'the text is not shown');
    ok(!(chat.widget.one('[part=send]') as HTMLButtonElement).disabled);
    document.execCommand('undo');
    await until(() => field.value === 'Note: ', 'it cannot be undone');
  });

  it('shows the end of a long paste, where the caret is', async () => {
    chat = await openChat();
    const { field } = chat.widget;
    paste('One of many lines\n'.repeat(100));
    await until(() => field.scrollHeight > field.clientHeight, 'the text fits');
    await until(
      () => field.scrollTop + field.clientHeight >= field.scrollHeight - 1,
      'the end of the text is not visible',
    );
  });

  it('keeps a paste within the limit unchanged, and removes the note', async () => {
    chat = await openChat();
    paste('x'.repeat(4_001));
    await until(() => note().startsWith('The text was shortened'), 'the text is not shown');
    chat.widget.field.select();
    paste('It fits');
    equal(chat.widget.field.value, 'It fits');
    await until(() => note() === '', 'the note was not removed');
  });
});
