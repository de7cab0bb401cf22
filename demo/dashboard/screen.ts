import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { isClientError, type DashboardClient } from '@alur/client/dashboard';
import { describeError } from '../shared/describe-error.ts';
import { connectHost } from '../shared/host.ts';
import { PageElement } from '../shared/page-element.ts';
import { renderSkeleton, renderState } from '../shared/states.ts';

/**
 * A screen that shows data of the host. It loads when it is connected, and shows loading and errors. A screen
 * for another object is another element (keyed by its path), so a late response cannot reach the wrong
 * screen.
 */
export abstract class Screen<Data> extends PageElement {
  static override properties: PropertyDeclarations = { data: { state: true }, problem: { state: true } };
  /** The loaded data; null until then. */
  declare data: Data | null;
  /** Why loading failed. */
  declare problem: unknown;
  protected host!: DashboardClient;
  /** Aborts loading when the screen is disconnected. Saving continues. */
  #gone = new AbortController();

  constructor() {
    super();
    this.data = null;
    this.problem = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone.abort();
  }

  /** Loads, or loads again. The shown data stays until then. */
  async reload(): Promise<void> {
    const { signal } = this.#gone;
    this.problem = null;
    try {
      this.host = await connectHost();
      this.data = await this.load(this.host.withSignal(signal));
    } catch (error) {
      if (!signal.aborted) this.problem = error;
    }
  }

  protected abstract load(host: DashboardClient): Promise<Data>;
  protected abstract renderData(data: Data): TemplateResult;

  override render(): TemplateResult {
    if (this.data !== null) return this.renderData(this.data);
    if (this.problem === null) return html`<div class="content">${renderSkeleton(5)}</div>`;
    const isMissing = isClientError(this.problem) && this.problem.code === 'not_found';
    return isMissing
      ? renderState({
          icon: 'warning',
          title: 'Tidak ditemukan',
          text: describeError(this.problem),
          link: { label: 'Kembali ke daftarnya', href: location.pathname.split('/').slice(0, 3).join('/') },
        })
      : renderState({
          icon: 'offline',
          title: 'Tidak dapat dimuat',
          text: describeError(this.problem),
          action: { label: 'Coba lagi', run: () => void this.reload() },
        });
  }
}
