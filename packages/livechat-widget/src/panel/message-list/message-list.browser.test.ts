import { equal, ok, until } from '../../testing/page.ts';
import '../../define.ts';
import { startNetwork, stopNetwork } from '../../testing/fake-network.ts';
import { openChat, type OpenChat } from '../../testing/open-chat.ts';
import { moveClock, restoreClock } from '../../testing/clock.ts';
import type { ScreenMessage } from '../../store/screen.ts';
import type { MessageList } from './message-list.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the message list', () => {
  let chat: OpenChat;
  let own: MessageList | undefined;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    restoreClock();
    own?.remove();
    own = undefined;
    chat.widget.remove();
    sessionStorage.clear();
  });

  /** Renders a list without a conversation. */
  async function draw(messages: ScreenMessage[]): Promise<string[]> {
    if (!own) {
      chat = await openChat();
      own = document.createElement('livechat-message-list');
      own.strings = chat.widget.one<MessageList>('livechat-message-list')!.strings;
      document.body.append(own);
    }
    own.messages = messages;
    await own.updateComplete;
    return [...own.renderRoot.querySelectorAll('.bubble, .divider')].map(({ textContent }) =>
      textContent!.trim(),
    );
  }
  const said = (id: string, at = new Date()): ScreenMessage => ({
    id,
    at: at.toISOString(),
    sessionId: 's',
    author: { kind: 'agent', name: 'Budi' },
    text: id,
    seq: 1,
  });

  it('shows a reply with thousands of closing brackets and all other messages', async () => {
    chat = await openChat();
    await chat.hear(`http://a${')'.repeat(9_990)}`);
    await chat.hear('Still here');
    equal(chat.widget.one('.bubble a')?.textContent, 'http://a');
  });

  it('shows that a message cannot be drawn, and draws all others', async () => {
    const broken = Object.defineProperty(said('x'), 'text', {
      get: () => {
        throw new Error('not to be read');
      },
    });
    equal(await draw([said('Before'), broken, said('After')]), [
      'Today',
      'Before',
      'This message cannot be shown.',
      'After',
    ]);
  });

  it('renders each date separator once, in any order of messages', async () => {
    const noon = new Date(new Date().setHours(12)).getTime();
    const messages = [0, 1, 0, 1, 0].map((days, index) => said(`m${index}`, new Date(noon - days * DAY)));
    const expected = ['Today', 'm0', 'Yesterday', 'm1', 'Today', 'm2', 'Yesterday', 'm3', 'Today', 'm4'];
    for (const count of [5, 4, 5, 2, 5, 5])
      equal(await draw(messages.slice(0, count)), expected.slice(0, 2 * count));
  });

  it('shows the year of a message of another year', async () => {
    const now = new Date();
    const year = now.getFullYear();
    // Neither today nor yesterday.
    const month = now.getMonth() < 6 ? 10 : 2;
    const [last, , current] = await draw([
      said('a', new Date(year - 1, 5, 3, 12)),
      said('b', new Date(year, month, 3, 12)),
    ]);
    ok(last!.includes(String(year - 1)), last);
    ok(!/\d{4}/.test(current!), current);
  });

  it('shows "Yesterday" from midnight on, without other updates and after a sleep', async () => {
    const now = Date.now();
    const midnight = new Date(new Date(now).setHours(24, 0, 0, 0)).getTime();
    const day = () => chat.widget.one('.divider')?.textContent?.trim();
    moveClock(midnight - now - 1_500);
    chat = await openChat();
    chat.inbox.host.at = midnight - 60 * MINUTE;
    await chat.hear('Halo');
    equal(day(), 'Today');
    await until(() => day() === 'Yesterday', 'midnight changed nothing');
    moveClock(midnight - now + 2 * DAY);
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => day() !== 'Yesterday', 'the next days changed nothing');
  });
});
