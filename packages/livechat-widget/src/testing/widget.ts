import type { LivechatEventName } from '../events.ts';
import type { LivechatWidget } from '../launcher/livechat-widget.ts';
import { HOST } from './fake-network.ts';
import { deepAll, until } from './page.ts';

/** A widget on the page, with the actions of a user. */
export class WidgetDriver {
  readonly element: LivechatWidget;
  /** Names and details of its events, in order. */
  readonly events: [LivechatEventName, unknown][] = [];

  constructor(inbox: string, attributes: Record<string, string> = {}) {
    this.element = document.createElement('livechat-widget');
    const all = { host: HOST, inbox, lang: 'en', ...attributes };
    for (const [name, value] of Object.entries(all)) this.element.setAttribute(name, value);
    for (const what of [
      'ready',
      'open',
      'close',
      'unread',
      'message',
      'message-sent',
      'message-failed',
      'status',
      'flow-end',
      'rating',
      'identity',
      'consent',
      'error',
    ]) {
      const name = `livechat-${what}` as LivechatEventName;
      this.element.addEventListener(name, (event) =>
        this.events.push([name, (event as { detail?: unknown }).detail]),
      );
    }
    document.body.append(this.element);
  }

  get launcher(): HTMLButtonElement {
    return this.element.shadowRoot!.querySelector('button')!;
  }
  one<E extends Element = HTMLElement>(selector: string): E | undefined {
    return deepAll<E>(this.element.shadowRoot!, selector)[0];
  }
  all(selector: string): HTMLElement[] {
    return deepAll(this.element.shadowRoot!, selector);
  }
  get field(): HTMLTextAreaElement {
    return this.one<HTMLTextAreaElement>('textarea')!;
  }
  /** Texts of the bubbles, in order. */
  get bubbles(): string[] {
    return this.all('.bubble:not(.typing)').map(({ textContent }) => textContent!.trim());
  }
  get choices(): HTMLButtonElement[] {
    return this.all('.choices button') as HTMLButtonElement[];
  }

  async open(): Promise<void> {
    await this.element.openPanel();
    await until(
      () => this.one('livechat-panel[open]')?.shadowRoot?.querySelector('.panel'),
      'the panel did not open',
    );
  }
  type(text: string): void {
    this.field.value = text;
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
  key(key: string, init: KeyboardEventInit = {}): void {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...init,
    });
    this.field.dispatchEvent(event);
  }
  async say(text: string): Promise<void> {
    this.type(text);
    await until(() => !(this.one('[part=send]') as HTMLButtonElement).disabled, 'nothing could be sent');
    this.key('Enter');
    await this.sees(text);
  }
  async sees(text: string): Promise<void> {
    await until(
      () => this.bubbles.includes(text),
      `"${text}" was never shown, but ${JSON.stringify(this.bubbles)}`,
    );
  }
  remove(): void {
    this.element.remove();
  }
}
