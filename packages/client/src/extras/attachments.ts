import type { Attachment } from '@alur/protocol';
import type { VisitorClient } from '../visitor/visitor-client.ts';

/** How to upload a file. */
export interface UploadOptions {
  /** Default: the file's own name. */
  name?: string;
  signal?: AbortSignal;
}

/** Ten mebibytes may take a while on the way. */
const FILE_MS = 5 * 60_000;
/** So much of a name is sent: its end, as that says more than its beginning. */
const NAME_LENGTH = 100;

/**
 * Uploads a file of at most 10 MiB; name its id in the `attachments` of a message within 24 hours. The
 * configuration's `uploads` says what the host takes. Images are stored without metadata, such as the place
 * of a photo. Throws `ClientError`: `too_large`; `quota_exceeded` when the host keeps no more files;
 * `unsupported_media` when the content is of no type that is taken, or a damaged image.
 */
export function uploadAttachment(
  { door }: Pick<VisitorClient, 'door'>,
  file: Blob,
  { name = (file as Partial<File>).name ?? '', signal }: UploadOptions = {},
): Promise<Attachment> {
  const headers = {
    'Content-Type': 'application/octet-stream',
    // Half a surrogate pair, which some file systems allow, cannot be encoded.
    'Alur-File-Name': encodeURIComponent([...name.replace(/\p{Cs}/gu, '')].slice(-NAME_LENGTH).join('')),
  };
  const call = { method: 'POST', raw: file, headers, signal, timeoutMs: FILE_MS };
  return door('attachments', call, (response) => response.json() as Promise<Attachment>);
}

/** How to get a file. */
export interface FetchAttachmentOptions {
  /**
   * With `thumbnail`: the image with at most 640 pixels a side; `not_found` when it has none. Default:
   * `original`.
   */
  size?: 'original' | 'thumbnail';
  signal?: AbortSignal;
}

/**
 * The bytes of a file of the visitor's own. Show pictures from memory, in lists as thumbnails; offer
 * everything else as a download.
 */
export function fetchAttachment(
  { door }: Pick<VisitorClient, 'door'>,
  id: string,
  { size, signal }: FetchAttachmentOptions = {},
): Promise<Blob> {
  const call = { signal, timeoutMs: FILE_MS };
  const query = size === 'thumbnail' ? '?size=thumbnail' : '';
  return door(`attachments/${encodeURIComponent(id)}${query}`, call, (response) => response.blob());
}
