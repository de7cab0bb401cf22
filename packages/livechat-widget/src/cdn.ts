/**
 * Entry for a script tag, built as `dist/cdn/livechat.js`: `<script async src="…/livechat.js" data-inbox="…"
 * data-host="…"></script>`. A classic script: it defines the element, creates one if the tag has
 * `data-inbox`, and provides `livechat('verb', …)`.
 *
 * @module
 */
import { LivechatWidget } from './launcher/livechat-widget.ts';

/** Hash in the names of the lazy files, and the content hash of each file. Set by the build. */
declare const LIVECHAT_RELEASE: string;
declare const LIVECHAT_HASHES: Record<string, string>;

type Command = [verb: string, ...args: unknown[]];
/** Verbs whose method has a longer name. */
const PANEL_VERBS: Record<string, string> = { open: 'openPanel', close: 'closePanel', toggle: 'togglePanel' };
/** Members of the element's class that are not verbs. */
const INNER = /^constr|Callback/;

/** Type of `on` for any event target: it uses no other member of the element. */
type Listening = (this: EventTarget, ...args: unknown[]) => () => void;

interface LivechatFunction {
  (...command: Command): unknown;
  /** Commands that the page queued before this script ran. */
  q?: ArrayLike<unknown>[];
}

/** Read from the prototype, because `<img name="currentScript">` shadows the property of the document. */
const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null;
const page = globalThis as typeof globalThis & { livechat?: LivechatFunction };

const defined = customElements.get('livechat-widget') as { twice?: boolean } | undefined;
if (!defined) {
  // Install the listeners first, so that they receive the first events.
  page.livechat = withQueue(page.livechat);
  define();
} else if (!defined.twice) {
  // Warn once, even if the script is loaded more often.
  defined.twice = true;
  console.warn('livechat.js was loaded twice.');
}

function define() {
  /** Suffix for the next attempt at a file. Browsers cache a failed module load by its URL. */
  const again: Record<string, string> = Object.create(null);
  // Files that the panel loads pass their own hash.
  const load = (name: string, hash = LIVECHAT_HASHES[name]) => {
    // A classic script from another origin has no import base, so the URL must be absolute.
    const file = `${name}-${LIVECHAT_RELEASE}.js${again[name] ?? ''}`;
    const { href } = new URL(file, script!.src);
    // `import()` cannot check integrity. A `modulepreload` link can, and the import then uses the module that
    // the link has fetched.
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    link.integrity = 'sha256-' + hash;
    link.nonce = script!.nonce;
    document.documentElement.append(link);
    const loading = import(/* @vite-ignore */ href);
    link.remove();
    loading.catch(() => (again[name] = (again[name] ?? '?') + '1'));
    return loading;
  };
  LivechatWidget.loader = { panel: () => load('panel'), doctor: () => load('doctor'), strings: load };
  customElements.define('livechat-widget', LivechatWidget);
  if (!script?.dataset['inbox']) return;
  const widget = new LivechatWidget();
  widget.setAttribute('host', new URL(script.src).origin);
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-')) widget.setAttribute(name.slice(5), value);
  }
  // Placed after the body, so that pages that replace the body keep the widget.
  const place = () => document.documentElement.append(widget);
  if (document.body) place();
  else document.addEventListener('DOMContentLoaded', place, { once: true });
}

/** Runs the queued commands. Returns the function for all later ones. */
function withQueue(stub: LivechatFunction | undefined): LivechatFunction {
  const run: LivechatFunction = (verb, ...args) => {
    // Listens on the document, so it includes elements that are added later.
    if (verb === 'on') return (LivechatWidget.prototype.on as Listening).apply(document, args);
    const outcome = callVerb(verb, args);
    // A caller that awaits the promise still gets the error. This handler avoids an unhandled rejection in
    // the page.
    outcome.catch((error: unknown) => console.warn('livechat', verb, error));
    return outcome;
  };
  for (const command of Array.from(stub?.q ?? [])) void run(...(Array.from(command) as Command));
  return run;
}

/** Calls a verb of the widget. Waits until there is one. */
async function callVerb(verb: string, args: unknown[]): Promise<unknown> {
  for (;;) {
    const widget = document.querySelector('livechat-widget');
    if (widget instanceof LivechatWidget) {
      const name = Object.hasOwn(PANEL_VERBS, verb) ? PANEL_VERBS[verb]! : verb;
      // Inherited methods (`remove`, `toString`) are not verbs.
      const isVerb = Object.hasOwn(LivechatWidget.prototype, name) && !INNER.test(name);
      const method = isVerb && (widget[name as keyof LivechatWidget] as unknown);
      if (typeof method === 'function') return method.apply(widget, args);
      throw new TypeError(`"${verb}" is not a method.`);
    }
    await new Promise((ready) => document.addEventListener('livechat-ready', ready, { once: true }));
  }
}
