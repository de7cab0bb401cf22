import { html, type TemplateResult } from 'lit';
import { displayName } from '@alur/flow/text';
import type { Attachment } from '@alur/protocol';
import { styleProperties } from '@alur/flow-editor/style-properties';
import { formatBytes } from '../shared/format.ts';
import { icon } from '../shared/icons.ts';
import { PageElement } from '../shared/page-element.ts';

/** What a browser shows as a picture and never as anything else. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Which bytes of a file. */
export type FileSize = 'original' | 'thumbnail';
/** Gets the bytes of a file; the token travels in the header, so there is no address to point at. */
export type FetchFile = (attachmentId: string, size: FileSize) => Promise<Blob>;

/**
 * A file that the visitor sent. A picture is shown as its thumbnail, never as itself: a small file can hold a
 * picture whose bitmap fills the memory and stops the page. Everything, the picture itself too, is offered as
 * a download and never opened here.
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
  /** False once the thumbnail could not be had: then the picture is a file like others. */
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
    // The box is there before the picture, so that nothing moves when it comes.
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
    // Meanwhile another conversation may have been opened.
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

/** What a download would bring: name, extent and bytes. */
function describe({ width, height, size }: Attachment, name: string): string {
  const extent = width && height ? `${width} × ${height} piksel, ` : '';
  return `${name} (${extent}${formatBytes(size)})`;
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
