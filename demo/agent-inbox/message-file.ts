import { html, type TemplateResult } from 'lit';
import { displayName } from '@alur/flow/text';
import type { Attachment } from '@alur/protocol';
import { formatBytes } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';
import { styleProperties } from '../shared/style-properties.ts';

/** What a browser shows as a picture and never as anything else. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/**
 * A picture with more pixels than this is shown only when the agent asks for it. A small file can hold a picture whose
 * bitmap fills the memory and stops the page.
 */
const MAX_PIXELS = 16_000_000;

/**
 * A file that the visitor sent: a picture is shown, everything else is offered as a download and never opened here.
 */
export class MessageFile extends PageElement {
  static override properties = {
    file: { attribute: false },
    fetchFile: { attribute: false },
    state: { state: true },
    isWanted: { state: true },
  };
  declare file: Attachment;
  /** Gets the bytes; the token travels in the header, so there is no address to point at. */
  declare fetchFile: (id: string) => Promise<Blob>;
  declare state: 'idle' | 'loading' | 'failed';
  /** The agent has asked for a large picture. */
  declare isWanted: boolean;
  #picture = '';

  constructor() {
    super();
    this.state = 'idle';
    this.isWanted = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#isShown) void this.#showPicture();
  }

  /** Whether this is a picture that is shown by itself, or on demand. */
  get #isShown(): boolean {
    return PICTURES.includes(this.file.type) && (this.isWanted || !isLarge(this.file));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.#picture);
    this.#picture = '';
  }

  override render(): TemplateResult {
    const { type, size } = this.file;
    const name = displayName(this.file.name) || 'Lampiran';
    if (PICTURES.includes(type) && !this.#isShown) return this.#renderLarge(name);
    if (this.#isShown && this.state !== 'failed') {
      const { width, height } = pictureBox(this.file);
      // The box is there before the picture, so that nothing moves when it comes.
      return this.#picture
        ? html`<img
            class="picture"
            src=${this.#picture}
            alt=${name}
            title=${name}
            width=${width}
            height=${height}
          />`
        : html`<div
            class="picture"
            role="img"
            aria-label=${name}
            ${styleProperties({ 'inline-size': `${width}px`, 'aspect-ratio': `${width}/${height}` })}
          ></div>`;
    }
    return html`<button
      class="file"
      type="button"
      ?disabled=${this.state === 'loading'}
      @click=${() => void this.#download()}
    >
      ${icon('file')}
      <span class="truncate" dir="auto" translate="no">${name}</span>
      <span class="muted" translate="no"
        >${this.state === 'failed' ? 'gagal dimuat, coba lagi' : formatBytes(size)}</span
      >
    </button>`;
  }

  #renderLarge(name: string): TemplateResult {
    const { width, height, size } = this.file;
    const extent = width && height ? `${width} × ${height} piksel` : 'ukuran gambar tidak diketahui';
    return html`<button class="file large" type="button" @click=${this.#handleWanted}>
      ${icon('file')}
      <span>
        <span class="truncate" dir="auto" translate="no">${name}</span>
        <span class="muted">Gambar besar (${extent}, ${formatBytes(size)}). Tampilkan</span>
      </span>
    </button>`;
  }

  #handleWanted = (): void => {
    this.isWanted = true;
    void this.#showPicture();
  };

  async #showPicture(): Promise<void> {
    const address = await this.#load();
    if (!address) return;
    // Meanwhile another conversation may have been opened.
    if (!this.isConnected) return URL.revokeObjectURL(address);
    this.#picture = address;
    this.requestUpdate();
  }

  async #download(): Promise<void> {
    const address = await this.#load();
    if (!address) return;
    const link = Object.assign(document.createElement('a'), {
      href: address,
      download: displayName(this.file.name) || 'lampiran',
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  async #load(): Promise<string> {
    this.state = 'loading';
    try {
      const blob = await this.fetchFile(this.file.id);
      this.state = 'idle';
      return URL.createObjectURL(blob);
    } catch {
      this.state = 'failed';
      return '';
    }
  }
}

/** A picture whose extent the host could not measure counts as large. */
function isLarge({ width, height }: Attachment): boolean {
  return !width || !height || width * height > MAX_PIXELS;
}

const MAX_WIDTH = 360;
const MAX_HEIGHT = 240;

/** How large a picture is shown: as it is, or made to fit. */
function pictureBox({ width = MAX_WIDTH, height = MAX_HEIGHT }: Attachment): {
  width: number;
  height: number;
} {
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
