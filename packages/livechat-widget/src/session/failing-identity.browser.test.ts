import { equal, ok, until } from '../testing/page.ts';
import '../define.ts';
import { serveInbox, startNetwork, stopNetwork, tokenOf } from '../testing/fake-network.ts';
import { LivechatWidget } from '../launcher/livechat-widget.ts';
import { WidgetDriver } from '../testing/widget.ts';

/** Results of a page's token function other than a token. */
const FAILURES: Record<string, () => Promise<string>> = {
  'the page of a 401': async () => '<!doctype html><title>401</title><h1>Please log in</h1>',
  'a rejection': () => Promise.reject(new Error('backend away')),
  'an exception': () => {
    throw new TypeError('no session');
  },
  'an empty text': async () => '',
  null: async () => null as never,
  'a token without a subject': async () => `h.${btoa('{}')}.s`,
};

describe('an identity provider that fails', () => {
  let widget: WidgetDriver;
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  const errors = () =>
    widget.events.flatMap(([name, detail]) =>
      name === 'livechat-error' ? [(detail as { code: string }).code] : [],
    );
  const texts = (inbox: ReturnType<typeof serveInbox>, who: string | number) =>
    (inbox.hostOf(who)?.log ?? []).flatMap((event) =>
      event.type === 'message' && event.message.author.kind === 'visitor' ? [event.message.text] : [],
    );

  for (const [failure, provider] of Object.entries(FAILURES)) {
    it(`opens the chat anonymously: ${failure}`, async () => {
      const inbox = serveInbox();
      widget = new WidgetDriver(inbox.id);
      const identified = widget.element.identify(provider).catch(() => 'rejected');
      await widget.open();
      await widget.say('Who am I?');
      await until(() => inbox.turns.length === 1, 'the message did not reach the host');
      equal(inbox.identities, [null]);
      equal(errors(), ['identity']);
      equal(await identified, 'rejected');
      ok(!widget.one('.card'), 'the launcher shows the card of a chat that cannot be loaded');
    });
  }

  it('switches to the conversation of the user later, and keeps only the unsent draft', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    void widget.element.identify(async () => '').catch(() => {});
    await widget.open();
    await widget.say('Said anonymously');
    await until(() => inbox.turns.length === 1, 'the message did not reach the host');
    widget.type('Half a sentence');
    const keptDrafts = () => draftsOf(inbox.id);
    await until(async () => (await keptDrafts())[''] === 'Half a sentence', 'the draft was not stored');
    await widget.element.identify(tokenOf('ani'));
    equal(widget.bubbles, [], 'Ani sees the anonymous messages');
    equal(widget.field.value, 'Half a sentence');
    await until(
      async () => JSON.stringify(await keptDrafts()) === JSON.stringify({ '': '', ani: 'Half a sentence' }),
      'the draft did not move',
    );
    await widget.say('Said by Ani');
    await until(() => inbox.turns.length === 2, 'the message did not reach the host');
    equal([texts(inbox, 1), texts(inbox, 'ani')], [['Said anonymously'], ['Said by Ani']]);
  });

  it('does not show the conversation of one user to another user with a later token', async () => {
    const inbox = serveInbox();
    widget = new WidgetDriver(inbox.id);
    let token = tokenOf('ani');
    await widget.element.identify(async () => token);
    await widget.open();
    await widget.say('Said by Ani');
    await until(() => inbox.turns.length === 1, 'the message did not reach the host');
    // The widget requests another token when the host rejects the visitor's tokens.
    token = tokenOf('budi');
    inbox.forgetVisitors();
    await widget.element.sendMessage('Said by Ani, too');
    await until(() => errors().includes('identity'), 'the page got no event');
    equal(texts(inbox, 'budi'), []);
    ok(!inbox.identities.includes(tokenOf('budi')), 'the other token was used');
  });

  it('rejects openPanel() if nothing can be opened, and causes no unhandled rejection', async () => {
    const { loader } = LivechatWidget;
    const unhandled: unknown[] = [];
    const note = (event: PromiseRejectionEvent) => unhandled.push(event.reason);
    addEventListener('unhandledrejection', note);
    LivechatWidget.loader = { ...loader, panel: () => Promise.reject(new Error('blocked')) };
    try {
      widget = new WidgetDriver(serveInbox().id);
      const outcome = await widget.element.openPanel().catch(String);
      equal([outcome, widget.element.open], ['Error: blocked', false]);
      widget.launcher.click();
      await until(() => !widget.one('.card'), 'the card was not removed');
      widget.launcher.click();
      await until(() => widget.one('.card'), 'the card was not restored');
      widget.element.toggleAttribute('open', true);
      await until(() => !widget.element.open, 'the attribute was not removed');
      // Unhandled rejections are reported in the next task.
      await new Promise((resolve) => setTimeout(resolve));
      equal(unhandled.map(String), []);
    } finally {
      LivechatWidget.loader = loader;
      removeEventListener('unhandledrejection', note);
    }
    await widget.open();
  });
});

/** Returns the drafts that the device stores for an inbox, by person; `''` is the anonymous visitor. */
async function draftsOf(inboxId: string): Promise<Record<string, unknown>> {
  const databases = (await indexedDB.databases()).filter(({ name }) => name!.includes(inboxId));
  const drafts = await Promise.all(
    databases.map(async ({ name }) => [personOf(name!), await draftIn(name!)]),
  );
  return Object.fromEntries(drafts.toSorted(([a], [b]) => (a! < b! ? -1 : 1)));
}

function personOf(database: string): string {
  return database.split('|').slice(2).join('|');
}

async function draftIn(name: string): Promise<string> {
  const database = await done(indexedDB.open(name));
  try {
    for (const store of database.objectStoreNames) {
      const kept = (await done(database.transaction(store).objectStore(store).get('cache:draft'))) as
        | { text?: string }
        | undefined;
      if (kept?.text) return kept.text;
    }
    return '';
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error!));
  });
}
