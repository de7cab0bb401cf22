import assert from 'node:assert/strict';
import { SCRIPT_ADDRESS } from '../kit/address-payloads.ts';
import { PAYLOADS } from '../kit/payloads.ts';
import type { HostilePage } from '../kit/hostile-page.ts';
import { NONCE } from '../kit/test-page.ts';
import { GREETING, QUESTION } from '../kit/workspace.ts';

/** The only elements that a widget may contain, whatever the messages are. */
const ELEMENTS =
  'div section span p b bdi h2 time i button textarea a img svg path slot livechat-panel livechat-message-list livechat-composer'.split(
    ' ',
  );
/** Number of simultaneous replies. */
const AT_ONCE = 10;
/** The visitor's own message is text as well. */
const VISITOR_TEXT = 'Show me <img src=x onerror=pwned()>';
const CALM = 'Nothing to see here.';

const json = (text: string): string => JSON.stringify(text);

/** Returns a function that puts payloads into every text, name, label and URL of a host's responses. */
function insertPayloads(): (line: string) => string {
  let turn = 0;
  const next = (): string => json(PAYLOADS[(turn += 1) % PAYLOADS.length]!);
  return (line) =>
    line
      .replaceAll(/"text":"~P(\d+)~"/g, (_, n) => {
        const payload = json(PAYLOADS[Number(n)]!);
        return `"text":${payload},"imageUrl":${payload}`;
      })
      .replaceAll(
        `"text":${json(GREETING)}`,
        `"text":${json(PAYLOADS[0]!)},"imageUrl":${json(SCRIPT_ADDRESS)}`,
      )
      .replaceAll(`"text":${json(QUESTION)}`, `"text":${json(PAYLOADS[1]!)}`)
      .replaceAll('"label":"My order"', `"label":${json(PAYLOADS[2]!)}`)
      .replaceAll('"name":"Ada"', () => `"name":${next()},"avatarUrl":${next()}`)
      .replaceAll('"name":"Shop"', `"name":${json(PAYLOADS[3]!)}`)
      .replaceAll('"appearance":{}', () => {
        const look = {
          greeting: PAYLOADS[5],
          title: PAYLOADS[6],
          accent: 'red;background:url(javascript:pwned())',
        };
        return `"appearance":${JSON.stringify({ ...look, fallbackContact: SCRIPT_ADDRESS })}`;
      });
}

/** Returns the faults in the widget's rendering. Runs in the page. */
function findFaults(allowed: readonly string[]): string[] {
  const wrong: string[] = [];
  const safe = ['http:', 'https:', 'mailto:', 'tel:'];
  const [widget] = probe.all('livechat-widget');
  for (const element of probe.all('*', widget!.shadowRoot!)) {
    if (!allowed.includes(element.localName)) wrong.push(`<${element.localName}>`);
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || ['srcdoc', 'srcset', 'action', 'formaction'].includes(name))
        wrong.push(`${element.localName} ${name}`);
      if (['href', 'src'].includes(name) && !safe.includes(new URL(value).protocol))
        wrong.push(`${element.localName} ${name}=${value}`);
      if (name === 'style' && value.includes('url')) wrong.push(`style ${value}`);
    }
    if (
      element instanceof HTMLAnchorElement &&
      element.target === '_blank' &&
      !element.relList.contains('noopener')
    )
      wrong.push(`a link to ${element.href} without noopener`);
  }
  if ('pwned' in Object.prototype) wrong.push('Object.prototype was added to');
  return [...new Set(wrong)];
}

/** Threat 1: texts of agents, bots, flow authors and a host must not run in the visitor's page. */
export const payloads: HostilePage = {
  name: 'payloads',
  about: `${PAYLOADS.length} payloads in every text, name, label and address, under Trusted Types`,
  async serve({ rewritten, deadUrl, tag, cdnUrl }, inbox) {
    const host = (poisoned[inbox] ??= rewritten(insertPayloads()));
    const headers = (connect: string): Record<string, string> => ({
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src 'nonce-${NONCE}' ${cdnUrl}`,
        "style-src 'self'",
        'img-src http: https: data:',
        `connect-src ${connect}`,
        "require-trusted-types-for 'script'",
        "trusted-types lit-html 'allow-duplicates'",
      ].join('; '),
    });
    const pwned = `<script nonce="{{nonce}}">globalThis.pwned = () => console.error('pwned')</script>`;
    // A space separates contacts.
    const contact = PAYLOADS.map((payload) =>
      payload.replaceAll(/\s/g, '%20').replaceAll('"', '&quot;'),
    ).join(' ');
    return {
      '/': { headers: headers(await host), head: pwned, widget: tag(inbox, { 'data-host': await host }) },
      '/contact': {
        headers: headers(deadUrl),
        head: pwned,
        widget: tag(inbox, {
          'data-host': deadUrl,
          'data-contact': contact,
          'data-label': '<img src=x onerror=pwned()>',
        }),
      },
    };
  },
  async run(visit) {
    await visit.goto();
    await visit.open();
    await visit.say(VISITOR_TEXT);
    await visit.isHeard(VISITOR_TEXT);
    const numbers = [...PAYLOADS.keys()];
    while (numbers.length > 0)
      await Promise.all(
        numbers.splice(0, AT_ONCE).map((number) => visit.stage.reply(visit.inbox, `~P${number}~`)),
      );
    await visit.stage.reply(visit.inbox, CALM);
    await visit.sees(CALM);
    // The list renders the visible part and a little more. Scroll to the first message: each must be shown as
    // it was written.
    const missing = (payloads: readonly string[]): string[] => {
      probe.all('.log')[0]!.scrollTo(0, 0);
      const shown = probe.all('.bubble').map(({ textContent }) => textContent);
      return payloads.filter((payload) => !shown.includes(payload));
    };
    const end = performance.now() + 10_000;
    let left = [...PAYLOADS];
    while (left.length > 0 && performance.now() < end) left = await visit.look(missing, PAYLOADS);
    assert.deepEqual(left, [], 'not shown as they were written');
    assert.deepEqual(await visit.look(findFaults, ELEMENTS), []);
    await visit.shoot('shown');
    await visit.isQuiet();

    await visit.goto('/contact');
    await visit.open();
    await visit.until('no connection notice is shown', () => probe.texts('[part~=notice]')[0]);
    assert.ok((await visit.look(() => probe.all('[part~=notice] a').length)) > 0, 'no contact is safe');
    assert.deepEqual(await visit.look(findFaults, ELEMENTS), []);
    await visit.isQuiet();
  },
};

const poisoned: Record<string, Promise<string>> = {};
