import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { isClientError, type DashboardClient } from '@alur/client/dashboard';
import { describeError } from '../shared/describe-error.ts';
import { connectHost } from '../shared/host.ts';
import { PageElement } from '../shared/page-element.ts';
import { renderSkeleton, renderState } from '../shared/states.ts';

/**
 * A screen that shows something of the host's: it loads when it appears, and says so, and says when it could
 * not. A screen for another thing is another element (keyed by its path), so a late answer never lands in the
 * wrong one.
 */
export abstract class Screen<Data> extends PageElement {
  static override properties: PropertyDeclarations = { data: { state: true }, problem: { state: true } };
  /** What was loaded; null until then. */
  declare data: Data | null;
  /** Why it could not be loaded. */
  declare problem: unknown;
  protected host!: DashboardClient;
  /** Ends what is still being loaded when the screen goes away; what is being saved then goes on. */
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

  /** Loads, again when need be. What is already shown stays until then. */
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
