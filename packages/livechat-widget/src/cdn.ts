/**
 * The entry for one script tag, built into `dist/cdn/livechat.js`: `<script async src="…/livechat.js"
 * data-inbox="…" data-host="…"></script>`. A classic script: it defines the element, makes one when the tag
 * says for which inbox, and answers `livechat('verb', …)`.
 *
 * @module
 */
import { LivechatWidget } from './launcher/livechat-widget.ts';

/**
 * The hash in the names of the files to load later, and the hash of each one's content; filled in by the
 * build.
 */
declare const LIVECHAT_RELEASE: string;
declare const LIVECHAT_HASHES: Record<string, string>;

type Command = [verb: string, ...args: unknown[]];
/** Methods of the element's own class that are none of its verbs. */
const INNER = /^constr|Callback/;

/** `on` of an element needs no more of it than any other target of events has. */
type Listening = (this: EventTarget, ...args: unknown[]) => () => void;

interface LivechatFunction {
  (...command: Command): unknown;
  /** What a page asked for before this script ran. */
  q?: ArrayLike<unknown>[];
}

/** Asked past the document itself: `<img name="currentScript">` would stand there instead. */
const script = Reflect.get(Document.prototype, 'currentScript', document) as HTMLScriptElement | null;
const page = globalThis as typeof globalThis & { livechat?: LivechatFunction };

const defined = customElements.get('livechat-widget') as { twice?: boolean } | undefined;
if (!defined) {
  // First who listens, then what there is to hear.
  page.livechat = withQueue(page.livechat);
  define();
} else if (!defined.twice) {
  // Said once, however often it comes again.
  defined.twice = true;
  console.warn('livechat.js was loaded twice.');
}

function define() {
  /**
   * What is new about the next attempt at a file: browsers keep it in mind when a module could not be
   * fetched.
   */
  const again: Record<string, string> = Object.create(null);
  // What the panel loads on need brings its own hash.
  const load = (name: string, hash = LIVECHAT_HASHES[name]) => {
    // A classic script from another origin cannot import relative to itself: its address has to be spelled
    // out.
    const file = `${name}-${LIVECHAT_RELEASE}.js${again[name] ?? ''}`;
    const { href } = new URL(file, script!.src);
    // An import cannot carry a hash. A link can, and the import that follows takes the very module that the
    // link fetches.
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
  // Behind the body, not in it: who swaps bodies to change pages takes nothing away.
  const place = () => document.documentElement.append(widget);
  if (document.body) place();
  else document.addEventListener('DOMContentLoaded', place, { once: true });
}

/** Runs what was queued and gives the function that runs everything later. */
function withQueue(stub: LivechatFunction | undefined): LivechatFunction {
  const run: LivechatFunction = (verb, ...args) => {
    // Of all that there are and will be.
    if (verb === 'on') return (LivechatWidget.prototype.on as Listening).apply(document, args);
    const outcome = ask(verb, args);
    // Who waits for the outcome still gets the error; nobody else's page shall fall over it.
    outcome.catch((error: unknown) => console.warn('livechat', verb, error));
    return outcome;
  };
  for (const command of Array.from(stub?.q ?? [])) void run(...(Array.from(command) as Command));
  return run;
}

/** Asks the chat for something, once there is one. */
async function ask(verb: string, args: unknown[]): Promise<unknown> {
  for (;;) {
    const widget = document.querySelector('livechat-widget');
    if (widget instanceof LivechatWidget) {
      // What it has from all elements and objects (`remove`, `toString`) is not the chat's to be asked for.
      const isVerb = Object.hasOwn(LivechatWidget.prototype, verb) && !INNER.test(verb);
      const method = isVerb && (widget[verb as keyof LivechatWidget] as unknown);
      if (typeof method === 'function') return method.apply(widget, args);
      throw new TypeError(`"${verb}" is no verb.`);
    }
    await new Promise((ready) => document.addEventListener('livechat-ready', ready, { once: true }));
  }
}
