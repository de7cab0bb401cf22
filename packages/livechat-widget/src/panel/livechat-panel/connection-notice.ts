import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../../session/view-model.ts';
import { contactWays } from '../../store/contact-ways.ts';
import type { Strings } from '../../strings/strings.ts';

/** What a notice depends on, besides the view. */
export interface NoticeOptions {
  strings: Strings;
  /** Addresses of the site, separated by spaces. */
  contact: string | undefined;
  /** Whether there was a network when a lazy module failed to load; null if none failed. */
  failed: boolean | null;
  /** Whether the visitor has just tried to send a file. */
  refusesFile: boolean;
  retry(): void;
}

/** Returns true while messages do not reach the host. */
export function isCut({ status, conversation }: View): boolean {
  // A stream may survive the network for a while. A failed send is more reliable.
  const stuck = conversation.pending.some(({ state, attempts }) => state !== 'failed' && attempts > 0);
  return status === 'offline' || stuck;
}

/** Renders an error message, with other ways to contact the site. */
export function renderNotice(view: View, options: NoticeOptions): TemplateResult {
  const { strings, contact, retry } = options;
  const { status } = view;
  const words = noticeText(view, options);
  const isAway = status === 'refused' || (status === 'offline' && navigator.onLine);
  const ways = isAway ? contactWays(contact) : [];
  const button = html`<button @click=${retry}>${strings.retry}</button>`;
  return html`<div class="notice ${status}" part="notice" role="status">
    ${
      words || ways.length > 0
        ? html`<div>
            <p>${words}</p>
            <div class="ways">
              ${ways.map(({ href, text }) => html`<a href=${href}>${text ?? strings.form}</a>`)}
              ${isAway && status === 'offline' ? button : nothing}
            </div>
          </div>`
        : nothing
    }
  </div>`;
}

function noticeText(view: View, { strings, failed, refusesFile }: NoticeOptions): string {
  const { status, kept, config, conversation } = view;
  // In an empty chat the text replaces the greeting.
  if (status === 'refused') return conversation.messages.length > 0 ? strings.refused : '';
  const notes = kept ? [] : [strings.notKept];
  if (refusesFile) notes.push(strings.noFiles);
  if (isCut(view)) {
    // The text that messages are kept is shown only if it is true.
    const isKnown = kept && config && conversation.session;
    const away = isKnown ? strings.reconnecting : strings.unreachable;
    notes.unshift(navigator.onLine ? away : strings.offline);
  } else if (failed === navigator.onLine)
    // When the network is back, this error no longer applies.
    notes.unshift(navigator.onLine ? strings.partFailed : strings.offline);
  return notes.join(' ');
}
