import { equal, until } from '../../testing/page.ts';
import '../../define.ts';
import { startNetwork, stopNetwork } from '../../testing/fake-network.ts';
import { openChat, type OpenChat } from '../../testing/open-chat.ts';

describe('screen reader announcements', () => {
  let chat: OpenChat;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    chat.widget.remove();
    sessionStorage.clear();
  });

  /** Texts that are added to the live region or changed in it, as a screen reader reads them. */
  function listen(): string[] {
    const said: string[] = [];
    const region = chat.widget.one('[aria-live=polite]')!;
    new MutationObserver((records) => {
      for (const { type, addedNodes, target } of records) {
        const news = type === 'characterData' ? [target] : [...addedNodes];
        said.push(...news.map(({ textContent }) => textContent!.trim()).filter(Boolean));
      }
    }).observe(region, { childList: true, characterData: true, subtree: true });
    return said;
  }

  it('contain each reply once in order, with its choices', async () => {
    chat = await openChat();
    const said = listen();
    for (let i = 1; i <= 10; i++) await chat.hear(`Reply ${i}`);
    await until(() => said.includes('Budi: Reply 10'), 'the last reply is missing');
    equal(said, [
      'Assistant: Hello!',
      'Assistant: What is it about?. Choose an option: Order, Ask me again',
      ...Array.from({ length: 10 }, (_, i) => `Budi: Reply ${i + 1}`),
    ]);
  });

  it('contain the new assignee and the end of the conversation', async () => {
    chat = await openChat();
    const { host } = chat.inbox;
    await chat.hear('Halo');
    const said = listen();
    host.assign({ kind: 'agent', name: 'Citra' });
    host.assign(null);
    host.resolve();
    chat.inbox.flush();
    await until(() => said.length === 2, 'something is missing');
    equal(said, [
      'Citra has joined the conversation.',
      'This conversation has ended. Send a message to start again.',
    ]);
  });

  it('contain no earlier messages', async () => {
    chat = await openChat();
    await chat.hear('Halo');
    chat.inbox.host.assign({ kind: 'agent', name: 'Budi' });
    chat.inbox.host.resolve();
    chat.inbox.flush();
    await until(() => chat.widget.one('.ended'), 'it did not end');
    chat.widget.remove();
    // An element that is added again in the same task was only moved.
    await Promise.resolve();
    document.body.append(chat.widget.element);
    await chat.widget.open();
    await chat.widget.sees('Halo');
    await until(() => chat.inbox.streams === 1 && chat.widget.one('.ended'), 'it was not restored');
    equal(chat.widget.one('[aria-live=polite]')!.textContent!.trim(), '');
  });
});

describe('the header of the panel', () => {
  let chat: OpenChat;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    chat.widget.remove();
    sessionStorage.clear();
  });
  const who = () => chat.widget.one('.names p')!.textContent!.trim();

  it('shows the last author until the conversation is handed over', async () => {
    chat = await openChat();
    const { inbox, widget } = chat;
    await chat.hear('Halo');
    inbox.host.assign({ kind: 'agent', name: 'Citra' });
    inbox.flush();
    await until(() => who() === 'Citra', 'the assigned agent is not named');
    inbox.host.reply('I take over for a moment.', { name: 'Dewi' });
    inbox.flush();
    await until(() => who() === 'Dewi', 'the last author is not shown');
    equal(widget.one('.header .avatar')!.textContent!.trim(), 'D');
    inbox.send('typing', { by: 'agent', name: 'Eko' });
    await until(() => who() === 'Eko is typing', 'the typing agent is not shown');
    equal(widget.one('.header .avatar')!.textContent!.trim(), 'E');
    inbox.host.assign({ kind: 'agent', name: 'Fajar' });
    inbox.host.resolve();
    inbox.flush();
    await until(() => who() === 'Fajar', 'the new agent is not named');
  });

  it('shows no typing indicator after the conversation has ended', async () => {
    chat = await openChat();
    const { inbox, widget } = chat;
    await chat.hear('Halo');
    inbox.send('typing', { by: 'agent', name: 'Budi' });
    await until(() => widget.one('.typing'), 'no typing indicator');
    inbox.host.resolve();
    inbox.flush();
    await until(() => widget.one('.ended'), 'it did not end');
    equal(widget.one('.typing'), undefined);
    // A late typing signal.
    inbox.send('typing', { by: 'agent', name: 'Budi' });
    inbox.host.assign({ kind: 'agent', name: 'Gita' });
    inbox.flush();
    await until(() => who() === 'Gita', 'the next signal did not arrive');
    equal(widget.one('.typing'), undefined);
  });
});
