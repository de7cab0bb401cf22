/**
 * Actions of a support lead in `<flow-editor>`, by accessible names.
 *
 * @module
 */
import type { Locator, Page } from 'playwright-core';

export class EditorPage {
  readonly page: Page;
  readonly editor: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.editor = page.locator('flow-editor');
    this.inspector = this.editor.getByRole('complementary', { name: 'Rincian kartu' });
  }

  /** Returns a card by its accessible name: its kind, its content, its place. */
  card(name: string | RegExp): Locator {
    return this.editor.getByRole('treeitem', { name }).first();
  }

  /** Returns the kinds of the cards, from left to right and top to bottom on the screen. */
  async cardsInOrder(): Promise<string[]> {
    const cards = await this.editor.getByRole('treeitem').all();
    const seen = await Promise.all(
      cards.map(async (card) => ({
        kind: (await card.getAttribute('aria-label'))!.split('.')[0]!,
        box: (await card.boundingBox())!,
      })),
    );
    return seen.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x).map(({ kind }) => kind);
  }

  /**
   * Presses the `+` whose name matches, and selects a kind. The new card is then selected and its panel open.
   */
  async add(plus: string | RegExp, kind: string): Promise<void> {
    const button = this.editor.getByRole('button', { name: plus }).first();
    // The button can be outside of the view. A user then fits the whole flow into the view.
    await button
      .click({ trial: true, timeout: 1000 })
      .catch(() => this.editor.getByRole('button', { name: 'Tampilkan seluruh Flow' }).click());
    await button.click();
    await this.editor.getByRole('option', { name: new RegExp(`^${kind}`) }).click();
    await this.inspector.getByRole('heading', { name: kind, level: 2 }).waitFor();
  }

  field(name: string | RegExp): Locator {
    return this.inspector.getByRole('textbox', { name, exact: true });
  }

  /** Selects an option in one of the panel's pickers: labels, agents, teams, an AI agent, a jump's target. */
  async pick(picker: string, option: string): Promise<void> {
    const box = this.inspector.getByRole('combobox', { name: picker, exact: true });
    await box.click();
    await this.inspector
      .getByRole('option', { name: new RegExp(`^${option}`) })
      .first()
      .click();
    // A picker for several options stays open. A picker for one has closed itself.
    if ((await box.getAttribute('aria-expanded')) === 'true') await this.page.keyboard.press('Escape');
  }

  /** Adds a button to the selected Message with Button. */
  async addButton(label: string): Promise<void> {
    const fields = this.inspector.getByRole('group', { name: 'Tombol' }).getByRole('textbox');
    const count = await fields.count();
    await this.inspector.getByRole('button', { name: 'Tambah tombol' }).click();
    await fields.nth(count).fill(label);
    await this.card(new RegExp(`^Button.*${label}`)).waitFor();
  }

  async save(): Promise<void> {
    await this.editor.getByRole('button', { name: 'Simpan', exact: true }).click();
  }

  /** Waits until the state next to the flow's name matches. */
  async waitForState(words: RegExp): Promise<void> {
    await this.editor.getByRole('status').filter({ hasText: words }).first().waitFor();
  }
}
