import type { Attachment } from '@alur/protocol';
import type { VisitorClient } from '../visitor/visitor-client.ts';

/** Options of an upload. */
export interface UploadOptions {
  /** Default: the name of the file. */
  name?: string;
  signal?: AbortSignal;
}

/** Time limit for a file. 10 MiB can take long. */
const FILE_MS = 5 * 60_000;
/** Maximum number of characters of a file name. The end is kept, because it says more than the start. */
const NAME_LENGTH = 100;

/**
 * Uploads a file of at most 10 MiB. Use its id in the `attachments` of a message within 24 hours. The
 * configuration's `uploads` lists what the host accepts. Images are stored without metadata, such as the
 * location of a photo. Throws `ClientError`: `too_large`; `quota_exceeded` when the host stores no more
 * files; `unsupported_media` for other types and damaged images.
 */
export function uploadAttachment(
  client: Pick<VisitorClient, 'request'>,
  file: Blob,
  { name = (file as Partial<File>).name ?? '', signal }: UploadOptions = {},
): Promise<Attachment> {
  const headers = {
    'Content-Type': 'application/octet-stream',
    // An unpaired surrogate, which some file systems allow, cannot be encoded.
    'Alur-File-Name': encodeURIComponent([...name.replace(/\p{Cs}/gu, '')].slice(-NAME_LENGTH).join('')),
  };
  const call = { method: 'POST', raw: file, headers, signal, timeoutMs: FILE_MS };
  return client.request('attachments', call, (response) => response.json() as Promise<Attachment>);
}

/** Options of a download. */
export interface FetchAttachmentOptions {
  /**
   * `thumbnail`: the image with at most 640 pixels per side; `not_found` when there is none. Default:
   * `original`.
   */
  size?: 'original' | 'thumbnail';
  signal?: AbortSignal;
}

/**
 * Returns the bytes of one of the visitor's files. Show images from memory, in lists as thumbnails. Offer all
 * other files as downloads.
 */
export function fetchAttachment(
  client: Pick<VisitorClient, 'request'>,
  id: string,
  { size, signal }: FetchAttachmentOptions = {},
): Promise<Blob> {
  const call = { signal, timeoutMs: FILE_MS };
  const query = size === 'thumbnail' ? '?size=thumbnail' : '';
  return client.request(`attachments/${encodeURIComponent(id)}${query}`, call, (response) => response.blob());
}
