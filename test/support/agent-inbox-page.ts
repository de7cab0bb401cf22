/**
 * Actions of an agent at the demo's inbox, by accessible names.
 *
 * @module
 */
import type { Locator, Page } from 'playwright-core';

export class AgentInboxPage {
  readonly page: Page;
  readonly #url: string;
  readonly details: Locator;
  readonly log: Locator;

  constructor(page: Page, dashboardUrl: string) {
    this.page = page;
    this.#url = `${dashboardUrl}/inbox`;
    this.details = page.getByRole('complementary', { name: 'Rincian percakapan' });
    this.log = page.getByRole('log', { name: 'Percakapan' });
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
  }

  /** Opens the conversation whose row contains `text`, without a reload. */
  async openConversation(text: string | RegExp): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Percakapan' })
      .getByRole('link', { name: text })
      .first()
      .click();
    await this.log.waitFor();
  }

  /** Returns the row of the list that contains `text`. */
  row(text: string | RegExp): Locator {
    return this.page
      .getByRole('navigation', { name: 'Percakapan' })
      .getByRole('link')
      .filter({ hasText: text })
      .first();
  }

  /** The field in which the agent writes. */
  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Balasan' });
  }

  /** Returns a section of the details: Label, Kolaborator, Ditangani oleh, Jalur Flow. */
  part(name: string): Locator {
    return this.details.getByRole('region', { name });
  }

  /** Waits until the details list `text` among the labels or the collaborators. */
  async has(part: 'Label' | 'Kolaborator', text: string): Promise<void> {
    await this.part(part).getByRole('listitem').filter({ hasText: text }).waitFor();
  }

  /** Waits until the card path in the details has a card of that name. */
  async took(card: string | RegExp): Promise<void> {
    await this.part('Jalur Flow').getByRole('listitem').filter({ hasText: card }).first().waitFor();
  }

  messages(text: string): Locator {
    return this.log.locator('.bubble').filter({ hasText: text });
  }

  async reply(text: string): Promise<void> {
    await this.page.locator('#reply-text').fill(text);
    await this.page.keyboard.press('Enter');
    await this.messages(text).first().waitFor();
  }

  async resolve(): Promise<void> {
    await this.page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await this.log
      .getByText(/diselesaikan|Resolved|resolve/i)
      .first()
      .waitFor();
  }
}
