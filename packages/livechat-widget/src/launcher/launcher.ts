import type { Appearance } from '@alur/client';
import type { LAUNCHER_STRINGS, Language } from '../strings/language.ts';
import { contactCard } from './contact-card.ts';
import { element, icon, slotOf } from './dom.ts';
import { launcherStyles } from './launcher.styles.ts';

const CHAT = 'M12 3c5 0 9 3 9 8s-4 8-9 8l-3-.4L5 21l.7-4C4 15.6 3 13.4 3 11c0-5 4-8 9-8Z';
const CHEVRON = 'M5.5 9l6.5 6.5L18.5 9';

/** State of the chat that the launcher shows. */
export interface LauncherState {
  /** Whether the panel is visible. */
  open: boolean;
  /** Number of messages that the visitor has not seen. */
  unread: number;
}

/** Texts of the launcher in one language. */
export type LauncherWords = (typeof LAUNCHER_STRINGS)[Language];

/** Texts and appearance of the launcher. */
export interface LauncherSettings {
  words: LauncherWords;
  /** Text beside the icon; may be empty. */
  label: string;
  /** Accents, the preferred one first. Those that the browser does not support are ignored. */
  accents: (string | null | undefined)[];
  position: Appearance['position'] | string | null;
}

/** The launcher: a round button. Created without a library, so that it paints as soon as possible. */
export class Launcher {
  readonly root = element('div', 'root');
  readonly button = element('button', 'launcher');
  /** Style sheet of the launcher. */
  readonly sheet = new CSSStyleSheet();
  readonly #label = new Text();
  readonly #badge = element('b', 'badge');
  #card: HTMLElement | undefined;
  #state: LauncherState = { open: false, unread: 0 };
  #words: LauncherWords | undefined;

  constructor(shadow: ShadowRoot) {
    const { root, button, sheet } = this;
    sheet.replaceSync(launcherStyles);
    shadow.adoptedStyleSheets = [sheet];
    // The page can replace the picture.
    const picture = slotOf('launcher');
    button.part = 'launcher';
    button.ariaHasPopup = 'dialog';
    picture.append(icon(CHAT));
    button.append(picture, this.#label);
    root.append(button);
    shadow.append(root);
  }

  /** Shows a state of the chat. The styles of the open state and of the badge are part of the panel. */
  setState(change: Partial<LauncherState>): void {
    this.#state = { ...this.#state, ...change };
    const { unread, open } = this.#state;
    if (!this.#badge.parentNode) {
      const chevron = element('i');
      chevron.append(icon(CHEVRON));
      this.#badge.part = 'badge';
      this.button.append(chevron, this.#badge);
    }
    this.#badge.textContent = unread === 0 ? '' : unread > 99 ? '99+' : String(unread);
    this.root.classList.toggle('open', open);
    this.#updateName();
  }

  /** Applies attributes of the element and settings of the inbox. */
  applySettings({ words, label, accents, position }: LauncherSettings): void {
    this.#words = words;
    this.#label.data = label;
    // With an unsupported colour, the chat would have no accent at all.
    const accent = accents.find((color) => CSS.supports('color', color!));
    this.root.style.setProperty('--_given', accent ?? null);
    this.root.classList.toggle('start', position === 'start');
    this.#updateName();
  }

  /** Shows other ways to contact the site, and a retry button. */
  showContact(words: LauncherWords, contact: string | undefined, retry: () => void): void {
    this.#card = contactCard(words, contact, retry);
    this.root.append(this.#card);
  }

  /** Removes the card with other ways. Returns false if there is none. */
  hideContact(): boolean {
    const card = this.#card;
    this.#card = undefined;
    card?.remove();
    return card !== undefined;
  }

  #updateName() {
    const words = this.#words;
    if (!words) return;
    const { unread, open } = this.#state;
    const closed = this.#label.data || words.open;
    const count = unread ? `, ${words.unread(unread)}` : '';
    this.button.ariaLabel = open ? words.close : closed + count;
  }
}
