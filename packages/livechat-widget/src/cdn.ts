/**
 * The entry for one script tag, built into `dist/cdn/livechat.js`:
 * `<script async src="…/livechat.js" data-inbox="…" data-host="…"></script>`.
 * A classic script: it defines the element, makes one when the tag says for which inbox, and answers `livechat('verb', …)`.
 *
 * @module
 */
import { LivechatWidget } from './launcher/livechat-widget.ts';
import type { PanelModule } from './launcher/panel-loader.ts';
import type { Strings } from './strings/strings.ts';

/** Names of the lazily loaded files, filled in by the build. */
declare const LIVECHAT_CHUNKS: { panel: string; en: string; id: string };

type Command = [verb: string, ...args: unknown[]];
interface LivechatFunction {
  (...command: Command): unknown;
  /** What a page asked for before this script ran. */
  q?: ArrayLike<unknown>[];
}

const script = document.currentScript as HTMLScriptElement | null;
const page = globalThis as typeof globalThis & { livechat?: LivechatFunction };

if (customElements.get('livechat-widget')) {
  console.warn('livechat.js was loaded twice.');
} else {
  // First who listens, then what there is to hear.
  page.livechat = withQueue(page.livechat);
  define();
}

function define() {
  // A classic script from another origin cannot import relative to itself: its address has to be spelled out.
  const files = LIVECHAT_CHUNKS;
  let attempts = 0;
  const load = <T>(file: string): Promise<T> =>
    import(/* @vite-ignore */ new URL(file + (attempts ? `?retry=${attempts}` : ''), script?.src).href).catch(
      (error: unknown) => {
        // Browsers remember a module that could not be fetched.
        attempts += 1;
        throw error;
      },
    ) as Promise<T>;
  LivechatWidget.loader = {
    panel: () => load<PanelModule>(files.panel),
    strings: (language) => load<{ strings: Strings }>(files[language]),
  };
  customElements.define('livechat-widget', LivechatWidget);
  if (!script?.dataset['inbox']) return;
  const widget = document.createElement('livechat-widget');
  widget.setAttribute('host', new URL(script.src).origin);
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-')) widget.setAttribute(name.slice(5), value);
  }
  const place = () => document.body.append(widget);
  if (document.body) place();
  else document.addEventListener('DOMContentLoaded', place, { once: true });
}

/** Runs what was queued and gives the function that runs everything later. */
function withQueue(stub: LivechatFunction | undefined): LivechatFunction {
  const waiting: Command[] = Array.from(stub?.q ?? [], (args) => Array.from(args) as Command);
  const run: LivechatFunction = (verb, ...args) => {
    if (verb === 'on') return listen(args[0] as string, args[1] as (event: Event) => void);
    const widget = document.querySelector('livechat-widget');
    if (!(widget instanceof LivechatWidget)) {
      return new Promise((resolve) =>
        document.addEventListener('livechat-ready', () => resolve(run(verb, ...args)), { once: true }),
      );
    }
    const method: unknown = widget[verb as keyof LivechatWidget];
    if (typeof method !== 'function') {
      return console.warn(`livechat: "${verb}" is no verb.`);
    }
    const outcome = Promise.resolve(method.apply(widget, args));
    // Who waits for the outcome still gets the error; nobody else's page shall fall over it.
    outcome.catch((error: unknown) => console.warn('livechat', verb, error));
    return outcome;
  };
  for (const command of waiting) void run(...command);
  return run;
}

/** `livechat('on', 'message', listener)`; the answer takes the listener away again. */
function listen(name: string, listener: (event: Event) => void): () => void {
  document.addEventListener(`livechat-${name}`, listener);
  return () => document.removeEventListener(`livechat-${name}`, listener);
}
