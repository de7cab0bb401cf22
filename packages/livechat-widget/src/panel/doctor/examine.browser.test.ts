import { equal, ok } from '../../testing/page.ts';
import { LivechatWidget } from '../../launcher/livechat-widget.ts';
import '../../define.ts';
import {
  HOST,
  serveInbox,
  startNetwork,
  stopNetwork,
  tokenOf,
  tracesOf,
  type FakeInbox,
} from '../../testing/fake-network.ts';
import { WidgetDriver } from '../../testing/widget.ts';

describe('doctor()', () => {
  let widget: WidgetDriver;
  let inbox: FakeInbox;
  function start(options: Parameters<typeof serveInbox>[0] = {}, attributes: Record<string, string> = {}) {
    inbox = serveInbox(options);
    widget = new WidgetDriver(inbox.id, attributes);
  }
  const found = async (name: string) =>
    (await widget.element.doctor()).checks.filter((check) => check.name === name);
  before(startNetwork);
  after(stopNetwork);
  afterEach(() => {
    widget.remove();
    sessionStorage.clear();
  });

  it('reports no error on a correct page, and stores nothing', async () => {
    start();
    const { healthy, checks, text } = await widget.element.doctor();
    ok(healthy, text);
    equal([await tracesOf(inbox.id), inbox.identities], [[], []]);
    for (const name of ['Page', 'Host', 'Clock', 'Trusted Types', 'Storage', 'Browser'])
      ok(
        checks.some((check) => check.name === name),
        `no check named ${name}`,
      );
  });

  it('reports the connection and the outbox, without texts and tokens', async () => {
    start();
    await widget.element.identify(tokenOf('ani'));
    await widget.open();
    await widget.say('A secret of mine');
    const { checks, text } = await widget.element.doctor();
    const line = checks.find(({ name }) => name === 'Connection');
    ok(/^(online, held by this tab|connecting)$/.test(line!.says), line!.says);
    ok(/waiting, 0 set aside/.test(checks.find(({ name }) => name === 'Outbox')!.says), text);
    for (const secret of ['secret', 'ani', tokenOf('ani')]) ok(!text.includes(secret), text);
  });

  it('distinguishes an unreachable host from one that rejects the page, and reports the fix', async () => {
    start();
    inbox.unreachable = true;
    const [away] = await found('Host');
    equal(away!.finding, 'problem');
    ok(away!.says.startsWith(`${HOST} cannot be reached`), away!.says);
    widget.remove();
    const { warn } = console;
    console.warn = () => {};
    start({ refuse: 'origin_not_allowed' });
    const [refused] = await found('Host');
    console.warn = warn;
    equal(refused!.remedy, `add ${location.origin} to the inbox's origins`);
  });

  it('works without a panel, and reports the reason', async () => {
    start();
    const { loader } = LivechatWidget;
    LivechatWidget.loader = { ...loader, strings: () => Promise.reject(new Error('blocked')) };
    await widget.element.openPanel().catch(() => {});
    const { checks, text } = await widget.element.doctor();
    LivechatWidget.loader = loader;
    ok(/not loaded yet|could not be created/.test(checks.find(({ name }) => name === 'Panel')!.says), text);
  });

  it('does not wait for a page that never provides an identity token', async () => {
    start();
    void widget.element.identify(() => new Promise(() => {})).catch(() => {});
    void widget.element.openPanel();
    const [panel] = await found('Panel');
    equal([panel!.finding, panel!.remedy], ['note', 'check the argument of `identify`']);
  });

  it('reports the CSP directive and the source that it must allow', async () => {
    start();
    const examining = widget.element.doctor();
    const violate = (effectiveDirective: string, blockedURI: string) =>
      document.dispatchEvent(
        new SecurityPolicyViolationEvent('securitypolicyviolation', {
          effectiveDirective,
          blockedURI,
          documentURI: location.href,
          disposition: 'enforce',
          originalPolicy: '',
          statusCode: 200,
          violatedDirective: effectiveDirective,
        }),
      );
    // As the browser does it, while the check runs.
    const timer = setInterval(() => {
      violate('connect-src', `${HOST}/v1/widget/x`);
      violate('img-src', 'https://elsewhere.example/x.png');
    }, 5);
    const { checks } = await examining;
    clearInterval(timer);
    equal(
      checks.filter(({ name }) => name === 'Policy').map(({ says, remedy }) => [says, remedy]),
      [[`connect-src blocks ${HOST}`, `add ${HOST} to connect-src`]],
      'blocked requests of other scripts are ignored',
    );
  });

  it('reports two widgets for one inbox, and a browser that blocks storage', async () => {
    start();
    const twin = new WidgetDriver(inbox.id);
    equal((await found('Elements')).length, 1);
    twin.remove();
    equal(await found('Elements'), []);
    const { indexedDB: kept } = globalThis;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      equal((await found('Storage'))[0]!.finding, 'note');
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', { value: kept, configurable: true });
    }
  });

  it('reports a script that is loaded twice, with or without a hash in its name', async () => {
    start();
    const add = (src: string) => {
      const script = document.createElement('script');
      // A type that browsers do not run. Only the URL matters here.
      Object.assign(script, { type: 'text/plain', src });
      document.head.append(script);
      return script;
    };
    const scripts = [add('https://cdn.example/livechat.js'), add('https://cdn.example/my-livechat.js')];
    try {
      equal(await found('Script'), []);
      scripts.push(add('https://cdn.example/livechat-T9z-9n_e.js?v=2'));
      equal(await found('Script'), [
        {
          name: 'Script',
          finding: 'note',
          says: 'livechat.js is on the page 2 times; the first one is used',
          remedy: 'keep one of https://cdn.example/livechat.js, https://cdn.example/livechat-T9z-9n_e.js?v=2',
        },
      ]);
    } finally {
      for (const script of scripts) script.remove();
    }
  });

  it('reports a wrong device clock', async () => {
    start({ config: { serverTime: new Date(Date.now() + 3_600_000).toISOString() } });
    const [clock] = await found('Clock');
    ok(/^3(600|599) s behind the host$/.test(clock!.says), clock!.says);
    equal(clock!.finding, 'note');
  });
});
