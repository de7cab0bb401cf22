import { html, type TemplateResult } from 'lit';
import { displayName } from '@alur/flow/text';
import type { Attachment } from '@alur/protocol';
import { styleProperties } from '@alur/flow-editor/style-properties';
import { formatBytes } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';

/** Types that a browser shows as an image and never as anything else. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** The size of a file to fetch. */
export type FileSize = 'original' | 'thumbnail';
/** Fetches the bytes of a file. The token is in the header, so the file has no URL for an `<img>`. */
export type FetchFile = (attachmentId: string, size: FileSize) => Promise<Blob>;

/**
 * A file that the visitor sent. An image is shown as its thumbnail: a small file can hold an image whose
 * bitmap fills the memory and stops the page. Every file is offered as a download and never opened here.
 */
export class MessageFile extends PageElement {
  static override properties = {
    file: { attribute: false },
    fetchFile: { attribute: false },
    state: { state: true },
    hasThumbnail: { state: true },
  };
  declare file: Attachment;
  declare fetchFile: FetchFile;
  declare state: 'idle' | 'loading' | 'failed';
  /** False after the thumbnail failed to load; the image is then shown like other files. */
  declare hasThumbnail: boolean;
  #picture = '';

  constructor() {
    super();
    this.state = 'idle';
    this.hasThumbnail = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#isPicture) void this.#showThumbnail();
  }

  get #isPicture(): boolean {
    return this.hasThumbnail && PICTURES.includes(this.file.type);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.#picture);
    this.#picture = '';
  }

  override render(): TemplateResult {
    const { size } = this.file;
    const name = displayName(this.file.name) || 'Lampiran';
    if (this.#isPicture) return this.#renderPicture(name);
    return html`<button
      class="file"
      type="button"
      ?disabled=${this.state === 'loading'}
      @click=${this.#handleDownload}
    >
      ${icon('file')}
      <span class="truncate" dir="auto" translate="no">${name}</span>
      <span class="muted" translate="no"
        >${this.state === 'failed' ? 'gagal dimuat, coba lagi' : formatBytes(size)}</span
      >
    </button>`;
  }

  #renderPicture(name: string): TemplateResult {
    const { width, height } = pictureBox(this.file);
    // The box exists before the image, so that the layout does not shift.
    if (!this.#picture)
      return html`<div
        class="picture"
        role="img"
        aria-label=${name}
        ${styleProperties({ 'inline-size': `${width}px`, 'aspect-ratio': `${width}/${height}` })}
      ></div>`;
    const hint = this.state === 'failed' ? 'Gagal diunduh, coba lagi' : `Unduh ${describe(this.file, name)}`;
    return html`<button
      class="picture-button"
      type="button"
      title=${hint}
      ?disabled=${this.state === 'loading'}
      @click=${this.#handleDownload}
    >
      <img class="picture" src=${this.#picture} alt=${name} width=${width} height=${height} />
    </button>`;
  }

  async #showThumbnail(): Promise<void> {
    let blob: Blob;
    try {
      blob = await this.fetchFile(this.file.id, 'thumbnail');
    } catch {
      this.hasThumbnail = false;
      return;
    }
    // Another conversation can be open by now.
    if (!this.isConnected) return;
    this.#picture = URL.createObjectURL(blob);
    this.requestUpdate();
  }

  #handleDownload = async (): Promise<void> => {
    this.state = 'loading';
    try {
      const address = URL.createObjectURL(await this.fetchFile(this.file.id, 'original'));
      this.state = 'idle';
      const link = Object.assign(document.createElement('a'), {
        href: address,
        download: displayName(this.file.name) || 'lampiran',
      });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch {
      this.state = 'failed';
    }
  };
}

/** Returns the name, dimensions and size of a download. */
function describe({ width, height, size }: Attachment, name: string): string {
  const dimensions = width && height ? `${width} × ${height} piksel, ` : '';
  return `${name} (${dimensions}${formatBytes(size)})`;
}

const MAX_WIDTH = 360;
const MAX_HEIGHT = 240;

/** Returns the size in which an image is shown: its own, or reduced to fit. */
function pictureBox({ width = MAX_WIDTH, height = MAX_HEIGHT }: Attachment): {
  width: number;
  height: number;
} {
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
