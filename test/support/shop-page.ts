/**
 * Actions of a visitor of the shop and its `<livechat-widget>`, by accessible names.
 *
 * @module
 */
import type { BrowserContext, Locator, Page } from 'playwright-core';

export class ShopPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #url: string;
  readonly #widget: Locator;
  readonly log: Locator;

  constructor(page: Page, context: BrowserContext, url: string) {
    this.page = page;
    this.context = context;
    this.#url = url;
    this.#widget = page.locator('livechat-widget');
    this.log = this.#widget.getByRole('log');
  }

  /** Opens the shop and the chat, unless they are open. */
  async open(): Promise<void> {
    if (!this.page.url().startsWith(this.#url)) await this.page.goto(this.#url);
    const composer = this.#widget.getByRole('textbox');
    const launcher = this.#widget.getByRole('button').first();
    await launcher.waitFor();
    if (!(await composer.isVisible())) await launcher.click();
    await composer.waitFor();
  }

  async send(text: string): Promise<void> {
    await this.#widget.getByRole('textbox').fill(text);
    await this.page.keyboard.press('Enter');
    await this.messages(text).first().waitFor();
  }

  /** Returns bubbles whose whole text is `text`. Buttons with that label are not bubbles. */
  messages(text: string): Locator {
    return this.log.locator('[part~="bubble"]').filter({ hasText: text });
  }

  async sees(text: string): Promise<void> {
    await this.messages(text).first().waitFor();
  }

  button(label: string): Locator {
    return this.log.getByRole('button', { name: label });
  }

  async press(label: string): Promise<void> {
    await this.button(label).click();
  }

  /** Waits for a reply of an author with that name. */
  async answersFrom(name: string): Promise<void> {
    await this.log.getByText(name, { exact: true }).first().waitFor();
  }

  async isWaitingToBeSent(): Promise<void> {
    await this.log.getByText('Menunggu dikirim').first().waitFor();
  }

  async nothingWaits(): Promise<void> {
    await this.log
      .getByText(/Terkirim|Dilihat/)
      .last()
      .waitFor();
    await this.log.getByText(/Menunggu dikirim|Mengirim/).waitFor({ state: 'detached' });
  }
}
