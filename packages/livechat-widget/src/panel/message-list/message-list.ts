import type { Author } from '@alur/client';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { groupIntoRows, type MessageGroup, type Row } from '../../store/layout.ts';
import type { ScreenMessage } from '../../store/screen.ts';
import type { Strings } from '../../strings/strings.ts';
import { PanelRequestEvent, type PanelRequest } from '../request.ts';
import { avatar, nameOf } from '../templates/author.ts';
import { avatarStyles } from '../templates/avatar.styles.ts';
import { startOfDay } from '../local-day.ts';
import { downIcon } from '../templates/icons.ts';
import { messageTemplate } from '../templates/message.ts';
import { PanelElement } from '../panel-element.ts';
import { tokens } from '../tokens.styles.ts';
import { messageListStyles } from './message-list.styles.ts';

/** Number of messages that are rendered first. Older ones are added in steps of this size. */
const STEP = 40;
/** Distance from the end that counts as following, in pixels. */
const NEAR = 64;
/** Distance from the top at which older messages are added, in pixels, before the reader reaches it. */
const AHEAD = 240;

/**
 * @summary The list of messages. It follows new messages unless the visitor reads older ones.
 * @fires panel-request - `press`, `retry`, `edit` or `older`.
 */
export class MessageList extends PanelElement {
  static override styles = [tokens, avatarStyles, messageListStyles];
  static override properties = {
    messages: { attribute: false },
    strings: { attribute: false },
    greeting: { attribute: false },
    typing: { attribute: false },
    more: { attribute: false },
    loading: { attribute: false },
    resolved: { attribute: false },
    today: { attribute: false },
  };

  declare messages: readonly ScreenMessage[];
  declare strings: Strings;
  /** Text of an empty conversation. Default: the text of the widget. */
  declare greeting: string | undefined;
  /** The author who is typing, or null. */
  declare typing: Author | null;
  /** Whether the host has older messages than the first one. */
  declare more: boolean;
  declare loading: boolean;
  declare resolved: boolean;
  /** Start of the visitor's current day, in milliseconds since 1970. */
  declare today: number;

  #shown = STEP;
  #follows = true;
  #newCount = 0;
  #requestedBefore = '';
  #belowBefore = 0;
  /** Scroll position of the end at the last scroll to it. */
  #endTop = 0;
  /** Formats of day names, with and without a year. Created when needed, because that is slow. */
  #days: Partial<Record<string, Intl.DateTimeFormat>> = {};
  #isMeasured = false;
  /** Whether something in the list had the focus before an update. */
  #hadFocus = false;
  /** Whether a broken message was reported on the console. */
  #isReported = false;
  #size = new ResizeObserver(() => this.#follows && this.#keepEnd());

  constructor() {
    super();
    this.messages = [];
    this.typing = null;
    this.more = false;
    this.loading = false;
    this.resolved = false;
    this.today = startOfDay(new Date());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#isMeasured = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#hadFocus = this.shadowRoot!.activeElement !== null;
    if (changed.has('strings')) this.#days = {};
    if (!changed.has('messages')) return;
    const before = (changed.get('messages') ?? []) as readonly ScreenMessage[];
    const [first] = this.messages;
    if (first && before[0] && first.id !== before[0].id) this.#noteBelow();
    // Failed messages stay at the end, so new messages are inserted before them.
    const newest = (list: readonly ScreenMessage[]) => list.findLast(({ delivery }) => delivery !== 'failed');
    const last = newest(this.messages);
    const isNew = last !== undefined && last.id !== newest(before)?.id;
    if (isNew && last.author.kind === 'visitor') {
      // Scroll to the end after the visitor sends a message.
      this.#follows = true;
      this.#endTop = 0;
    } else if (isNew && !this.#follows && before.length > 0) this.#newCount += 1;
    // Rendered messages stay rendered while new ones arrive.
    if (!this.#follows && isNew) this.#shown += 1;
  }

  protected override updated(): void {
    const { log } = this;
    // The focused button was removed: "Latest", or a button of a message.
    if (this.#hadFocus && !this.shadowRoot!.activeElement) log.focus({ preventScroll: true });
    // The observer measures first, when there is content.
    if (!this.#isMeasured) this.#observe();
    else if (this.#follows) this.#keepEnd();
    // Keep the scroll position when older messages are added above. Scroll anchoring does not work at the
    // very top, nor in all browsers.
    else if (this.#belowBefore > 0) log.scrollTop = log.scrollHeight - this.#belowBefore;
    this.#belowBefore = 0;
  }

  /** The scrolling element. */
  get log(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.log')!;
  }

  /** Scrolls to the newest message and follows new ones. */
  scrollToEnd(): void {
    this.#follows = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.#endTop = this.log.scrollTop;
  }

  /** Stays at the end, unless the reader has just scrolled away and the scroll event is pending. */
  #keepEnd() {
    if (!this.#hasLeft()) this.scrollToEnd();
  }

  /**
   * Returns true if the reader has scrolled away from the end. A log that shrinks, above an opening keyboard,
   * moves the end away from a reader who does not scroll; one that grows moves it nearer.
   */
  #hasLeft() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    const endTop = scrollHeight - clientHeight;
    this.#endTop = Math.min(this.#endTop, endTop);
    return endTop - scrollTop >= NEAR && (!this.#follows || scrollTop < this.#endTop - NEAR);
  }

  #observe() {
    this.#isMeasured = true;
    this.#size.observe(this.log);
    this.#size.observe(this.renderRoot.querySelector('.rows')!);
  }

  #reveal() {
    const { messages, more } = this;
    if (this.#shown < messages.length) {
      this.#noteBelow();
      this.#shown += STEP;
      this.requestUpdate();
    } else if (more && messages[0] && messages[0].id !== this.#requestedBefore) {
      this.#requestedBefore = messages[0].id;
      this.#shown += STEP;
      this.#request({ do: 'older' });
    }
  }

  #noteBelow() {
    this.#belowBefore = this.log.scrollHeight - this.log.scrollTop;
  }

  #request = (request: PanelRequest) => {
    this.dispatchEvent(new PanelRequestEvent(request));
  };

  #handleScroll = () => {
    const follows = !this.#hasLeft();
    if (!follows && this.log.scrollTop < AHEAD) this.#reveal();
    if (follows === this.#follows) return;
    this.#follows = follows;
    if (follows) {
      this.#newCount = 0;
      this.#shown = STEP;
    }
    this.requestUpdate();
  };

  #handleLatest = () => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: isStill ? 'instant' : 'smooth' });
  };

  protected override render(): TemplateResult {
    const { messages, strings, loading } = this;
    const isEmpty = messages.length === 0;
    return html`<div
        class="log"
        part="log"
        role="log"
        aria-live="off"
        aria-label=${strings.conversation}
        aria-busy=${loading}
        tabindex="0"
        @scroll=${this.#handleScroll}
      >
        <div class="edge">
          ${this.more && !isEmpty && this.#shown >= messages.length ? html`<p>${strings.older}</p>` : nothing}
        </div>
        <div class="rows">
          ${loading && isEmpty ? skeleton(strings) : nothing}
          ${!loading && isEmpty ? this.#renderGreeting() : nothing} ${this.#renderRows()}
          ${this.typing ? this.#renderTyping(this.typing) : nothing}
          ${this.resolved ? html`<p class="ended">${strings.resolved}</p>` : nothing}
        </div>
      </div>
      ${
        this.#follows
          ? nothing
          : html`<button class="latest" part="latest" @click=${this.#handleLatest}>
              ${downIcon}${this.#newCount > 0 ? strings.newMessages(this.#newCount) : strings.latest}
            </button>`
      }`;
  }

  #renderRows() {
    const { messages } = this;
    const mine = messages.findLast(
      ({ author, delivery }) => author.kind === 'visitor' && delivery !== 'failed',
    );
    const rows = groupIntoRows(messages.slice(-this.#shown), (at) => this.#dayName(at));
    return repeat(
      rows,
      ({ key }) => key,
      (row) => this.#renderRow(row, mine?.id),
    );
  }

  #renderGreeting() {
    return html`<div class="greeting">
      ${avatar({ kind: 'bot' }, this.strings)}
      <p dir="auto">${this.greeting || this.strings.greeting}</p>
    </div>`;
  }

  /** Renders a row. A row that fails is replaced and does not affect the others. */
  #renderRow(row: Row, mine: string | undefined) {
    try {
      return row.kind === 'group' ? this.#renderGroup(row, mine) : this.#renderDivider(row);
    } catch (error) {
      return this.#renderBroken(error);
    }
  }

  #renderDivider(row: Exclude<Row, MessageGroup>) {
    if (row.kind === 'day') return html`<p class="divider"><span>${this.#dayName(row.at)}</span></p>`;
    return html`<p class="divider session"><span>${this.strings.newConversation}</span></p>`;
  }

  #renderGroup({ messages }: MessageGroup, mine: string | undefined) {
    const { author, at } = messages[0]!;
    const isMine = author.kind === 'visitor';
    const last = messages.at(-1)!;
    return html`<div class="group ${isMine ? 'mine' : 'theirs'}">
      ${isMine ? nothing : avatar(author, this.strings)}
      <div class="column">
        <p class="meta" aria-hidden="true">
          ${isMine ? nothing : html`<b dir="auto">${nameOf(author, this.strings)}</b>`}
          <time dir="auto" datetime=${at}>${this.#timeName(last.at)}</time>
        </p>
        ${messages.map((message) => this.#renderMessage(message, mine))}
      </div>
    </div>`;
  }

  #renderMessage(message: ScreenMessage, mine: string | undefined) {
    const { strings } = this;
    try {
      return messageTemplate(message, {
        strings,
        request: this.#request,
        showsDelivery: message.id === mine,
      });
    } catch (error) {
      return this.#renderBroken(error);
    }
  }

  /** Renders a placeholder for a message that cannot be rendered. The others are not affected. */
  #renderBroken(error: unknown) {
    if (!this.#isReported) console.error('<livechat-widget> A message cannot be shown.', error);
    this.#isReported = true;
    return html`<p class="divider">${this.strings.unreadable}</p>`;
  }

  #renderTyping(author: Author) {
    return html`<div class="group theirs">
      ${avatar(author, this.strings)}
      <div class="bubble typing" aria-hidden="true"><i></i><i></i><i></i></div>
    </div>`;
  }

  #dayName(at: string): string {
    const date = new Date(at);
    const days = Math.round((this.today - startOfDay(date)) / 86_400_000);
    if (days === 0) return this.strings.today;
    if (days === 1) return this.strings.yesterday;
    // An invalid time has no day.
    if (Number.isNaN(days)) return '';
    const isOtherYear = date.getFullYear() !== new Date(this.today).getFullYear();
    return (this.#days[`${isOtherYear}`] ??= new Intl.DateTimeFormat(regionOf(this.strings.locale), {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(isOtherYear && { year: 'numeric' }),
    })).format(date);
  }

  #timeName(at: string): string {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return '';
    return this.strings.time(date.getHours(), date.getMinutes());
  }
}

/**
 * Returns the browser's language tag if it has this language, so that days are formatted for the visitor's
 * region.
 */
function regionOf(locale: string): string {
  const { language } = navigator;
  // Some browsers have invalid tags, such as "en-US@posix".
  return /^[a-z]+(-[a-z\d]+)*$/i.test(language) && language.startsWith(locale) ? language : locale;
}

function skeleton(strings: Strings): TemplateResult {
  return html`<div class="skeleton" role="status">
    <span class="hidden-text">${strings.loading}</span><i></i><i></i><i></i>
  </div>`;
}
