import { equal, until } from '../../testing/page.ts';
import '../../define.ts';
import { serveInbox, startNetwork, stopNetwork, type FakeInbox } from '../../testing/fake-network.ts';
import { moveClock, restoreClock } from '../../testing/clock.ts';
import { openChat } from '../../testing/open-chat.ts';
import { WidgetDriver } from '../../testing/widget.ts';

const HOUR = 3_600_000;
const PROMISE = 'We are here to help';

describe('availability', () => {
  let widget: WidgetDriver;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    restoreClock();
    widget.remove();
    sessionStorage.clear();
  });

  const line = () => widget.one('.names p')?.textContent?.trim();
  /** Collects every text of the availability line from now on. */
  function watch(): Set<string | undefined> {
    const seen = new Set([line()]);
    new MutationObserver(() => seen.add(line())).observe(widget.one('.names')!, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return seen;
  }
  async function open(inbox: FakeInbox) {
    widget = new WidgetDriver(inbox.id);
    await widget.open();
    return watch();
  }

  it('announces help only within office hours, and shows the next opening', async () => {
    const opensAt = Date.now() + HOUR;
    const officeHours = [[opensAt, opensAt + HOUR]];
    ({ widget } = await openChat({ config: { officeHours } }));
    await until(() => /^Back (today|tomorrow) at \d/.test(line()!), 'it does not show the next opening');
    moveClock(HOUR - 500);
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => line() === PROMISE, 'the start of office hours changed nothing');
  });

  it('shows that the team is away if the next opening is more than a week ahead', async () => {
    const opensAt = Date.now() + 10 * 24 * HOUR;
    ({ widget } = await openChat({ config: { officeHours: [[opensAt, opensAt + HOUR]] } }));
    await until(() => line() === 'We are away right now', 'another line');
  });

  it('announces no help and shows a notice while the host is unreachable', async () => {
    const inbox = serveInbox();
    inbox.unreachable = true;
    const seen = await open(inbox);
    await until(() => line() === 'Unable to connect right now', 'the text is not shown');
    equal(seen.has(PROMISE), false);
    inbox.unreachable = false;
    dispatchEvent(new Event('online'));
    await until(() => line() === PROMISE, 'the host came back and nothing changed');
  });

  it('announces no help on a page that the host rejects', async () => {
    const seen = await open(serveInbox({ refuse: 'not_found' }));
    await until(() => line() === 'Not available here', 'the text is not shown');
    equal(seen.has(PROMISE), false);
  });
});
