import { isClientError, type InboxAddress } from '@alur/client';
import { probeHost } from '@alur/client/extras';
import type { Panel } from '../../launcher/panel-loader.ts';
import type { ConsentState } from '../../session/identity/consent.ts';
import { persistenceOf } from '../panel-settings.ts';
import { PolicyWatch } from './policy-watch.ts';
import { reportOf, type Check, type DoctorReport } from './report.ts';

declare const LIVECHAT_VERSION: string | undefined;
/** Version of this package. Set by the build. */
const VERSION = typeof LIVECHAT_VERSION === 'undefined' ? 'from source' : LIVECHAT_VERSION;

/** Widget that is checked. */
interface CheckedWidget extends InboxAddress {
  widget: HTMLElement;
}

/** Clock difference that is reported, in milliseconds. */
const SKEW_MS = 60_000;
/** Maximum wait for the panel, in milliseconds. */
const PANEL_WAIT_MS = 3_000;

const CONSENT: Record<ConsentState, string> = {
  'not-asked': 'not asked',
  asked: 'requested, not decided yet',
  granted: 'granted',
  denied: 'denied: nothing is stored or sent',
  withdrawn: 'withdrawn: nothing is stored or sent',
};

/**
 * Checks everything that a widget needs. Reports what is missing and how to fix it. Changes nothing.
 * `loading` is the panel: undefined if it was not needed, rejected if it could not be created.
 */
export async function examine(
  widget: HTMLElement,
  loading: Promise<Panel> | undefined,
): Promise<DoctorReport> {
  const target = {
    widget,
    host: widget.getAttribute('host') ?? '',
    inboxId: widget.getAttribute('inbox') ?? '',
  };
  const watch = new PolicyWatch();
  try {
    const checks = [
      page(),
      ...copies(target),
      ...(await host(target)),
      trustedTypes(),
      storage(target),
      ...(await panel(loading)),
    ];
    // Browsers report violations with a delay.
    await new Promise((resolve) => setTimeout(resolve, 50));
    checks.push(...watch.checks([target.host, import.meta.url]), device());
    return reportOf(VERSION, new Date().toISOString(), checks);
  } finally {
    watch.end();
  }
}

function page(): Check {
  const where = window === window.top ? location.origin : `${location.origin}, in a frame`;
  if (isSecureContext) return { name: 'Page', finding: 'ok', says: where };
  return {
    name: 'Page',
    finding: 'note',
    says: `${where}, without https: messages are not encrypted`,
    remedy: 'serve the page over https',
  };
}

/** Finds duplicate scripts, and several widgets for one inbox. */
function copies({ widget, inboxId, host: address }: CheckedWidget): Check[] {
  const scripts = [...document.scripts].filter(({ src }) => /\/livechat(-[\w-]+)?\.js(\?|$)/.test(src));
  const duplicates = [...document.querySelectorAll(widget.localName)].filter(
    (other) => other.getAttribute('inbox') === inboxId && other.getAttribute('host') === address,
  );
  const checks: Check[] = [];
  if (scripts.length > 1) {
    checks.push({
      name: 'Script',
      finding: 'note',
      says: `livechat.js is on the page ${scripts.length} times; the first one is used`,
      remedy: `keep one of ${scripts.map(({ src }) => src).join(', ')}`,
    });
  }
  if (duplicates.length > 1) {
    checks.push({
      name: 'Elements',
      finding: 'problem',
      says: `${duplicates.length} widgets for the inbox ${inboxId}`,
      remedy: 'keep one of them',
    });
  }
  return checks;
}

async function host({ host: address, inboxId }: InboxAddress): Promise<Check[]> {
  try {
    const { ms, refusal: code, serverTime = '' } = await probeHost({ host: address, inboxId });
    if (code) return [refusal(address, inboxId, code)];
    const skew = Date.parse(serverTime) + ms / 2 - Date.now();
    return [{ name: 'Host', finding: 'ok', says: `${address} responds in ${ms} ms` }, clock(skew)];
  } catch (error) {
    return [
      {
        name: 'Host',
        finding: 'problem',
        says: `${address} cannot be reached: ${String(error)}`,
        remedy:
          'check for a content security policy, a content blocker, a wrong address, a host that is down, or missing CORS headers',
      },
    ];
  }
}

function refusal(address: string, inboxId: string, code: string): Check {
  const remedies: Record<string, string> = {
    not_found: `there is no inbox ${inboxId}: check the attribute "inbox"`,
    inbox_type: `${inboxId} is not a Web Livechat inbox: use another inbox`,
    origin_not_allowed: `add ${location.origin} to the inbox's origins`,
  };
  const remedy = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  return {
    name: 'Host',
    finding: 'problem',
    says: `${address} rejects the page: ${code}`,
    ...(remedy && { remedy }),
  };
}

function clock(skewMs: number): Check {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const says = seconds === 0 ? 'right' : `${seconds} s ${skewMs > 0 ? 'behind' : 'ahead of'} the host`;
  // Nothing depends on it: only differences of the visitor's clock are used.
  return { name: 'Clock', finding: Math.abs(skewMs) > SKEW_MS ? 'note' : 'ok', says };
}

function trustedTypes(): Check {
  const { trustedTypes: types } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: object): unknown };
  };
  try {
    types?.createPolicy('lit-html', { createHTML: (text: string) => text });
    return {
      name: 'Trusted Types',
      finding: 'ok',
      says: types ? 'the policy lit-html is allowed' : 'not supported by this browser',
    };
  } catch {
    return {
      name: 'Trusted Types',
      finding: 'problem',
      says: 'the policy lit-html cannot be created a second time',
      remedy: `write trusted-types lit-html 'allow-duplicates'`,
    };
  }
}

function storage({ widget }: CheckedWidget): Check {
  const persist = persistenceOf(widget);
  const blocked = ['localStorage', 'sessionStorage', 'indexedDB'].filter((name) => {
    try {
      return !globalThis[name as 'localStorage'];
    } catch {
      return true;
    }
  });
  if (blocked.length > 0 && persist !== 'none') {
    return {
      name: 'Storage',
      finding: 'note',
      says: `${blocked.join(' and ')} not available: the chat is lost when the page is closed`,
    };
  }
  const locks = 'locks' in navigator ? '' : '; no Web Locks: tabs use a lease';
  return { name: 'Storage', finding: 'ok', says: `persist="${persist}"${locks}` };
}

/** Checks the connection and the outbox of the panel. */
async function panel(loading: Promise<Panel> | undefined): Promise<Check[]> {
  if (!loading) return [{ name: 'Panel', finding: 'ok', says: 'not loaded yet' }];
  const loaded = await Promise.race([
    loading.catch((error: unknown) => error as Error),
    new Promise<null>((resolve) => setTimeout(resolve, PANEL_WAIT_MS, null)),
  ]);
  if (!loaded) {
    const says = 'not ready yet: it waits for the identity token of the page or for its files';
    return [{ name: 'Panel', finding: 'note', says, remedy: 'check the argument of `identify`' }];
  }
  if (loaded instanceof Error || !('session' in loaded)) {
    const code = isClientError(loaded) ? loaded.code : String(loaded);
    return [{ name: 'Panel', finding: 'problem', says: `could not be created: ${code}` }];
  }
  const { view, client } = loaded.session;
  const { status, refusal: why, kept, consent, conversation } = view.get();
  const failed = conversation.pending.filter(({ state }) => state === 'failed').length;
  const waiting = conversation.pending.length - failed;
  const holder = status === 'online' ? `, held by ${client.leading ? 'this' : 'another'} tab` : '';
  const line: Check = {
    name: 'Connection',
    finding: status === 'offline' || status === 'refused' ? 'problem' : 'ok',
    ...(status === 'offline' && {
      remedy: 'if the host responds (see above), check the identity token: its signing key, `sub` and `exp`',
    }),
    says: status === 'idle' ? 'not connected yet' : `${status}${why ? ` (${why})` : ''}${holder}`,
  };
  const outbox: Check = {
    name: 'Outbox',
    finding: failed > 0 || !kept ? 'note' : 'ok',
    says: `${waiting} waiting, ${failed} set aside${kept ? '' : ', in memory only'}`,
  };
  return [line, outbox, { name: 'Consent', finding: 'ok', says: CONSENT[consent] }];
}

function device(): Check {
  const line = navigator.onLine ? 'online' : 'reports that it is offline';
  return {
    name: 'Browser',
    finding: navigator.onLine ? 'ok' : 'note',
    says: `${line}; ${navigator.userAgent}`,
  };
}
