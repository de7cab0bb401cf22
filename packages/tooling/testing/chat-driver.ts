import type { Locator, Page } from 'playwright-core';

/** The chat on a page, by accessible names, as a visitor uses it. */
export class ChatDriver {
  readonly page: Page;
  readonly widget: Locator;
  readonly launcher: Locator;
  readonly composer: Locator;
  readonly log: Locator;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('livechat-widget');
    this.launcher = this.widget.getByRole('button').first();
    this.composer = this.widget.getByRole('textbox');
    this.log = this.widget.getByRole('log');
  }

  /** Whether the panel is open. */
  async isOpen(): Promise<boolean> {
    return (await this.widget.getAttribute('open')) !== null;
  }

  /** Opens the panel unless it is open, and waits for the composer. */
  async open(): Promise<void> {
    await this.launcher.waitFor();
    if (!(await this.isOpen())) await this.launcher.click();
    await this.composer.waitFor();
  }

  /** Writes a message and presses Enter. Does not wait for the bubble. */
  async type(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Returns the bubbles that contain `text`. Buttons with that label are not bubbles. */
  messages(text: string): Locator {
    return this.#bubbles.filter({ hasText: text });
  }

  /** Returns the texts of the bubbles, oldest first. */
  bubbles(): Promise<string[]> {
    return this.#bubbles.evaluateAll((all) => all.map(({ textContent }) => textContent!.trim()));
  }

  get #bubbles(): Locator {
    return this.log.locator('[part~="bubble"]');
  }
}
