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
 * Uploads a file of at most 10 MiB; name its id in the `attachments` of a message within a week. The configuration's `uploads` says
 * what the host takes. Throws `ClientError`: `too_large`, `unsupported_media` when its content is of no type that is taken.
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

/** The bytes of a file of the visitor's own. Show pictures from memory; offer everything else as a download. */
export function fetchAttachment(
  { door }: Pick<VisitorClient, 'door'>,
  id: string,
  signal?: AbortSignal,
): Promise<Blob> {
  const call = { signal, timeoutMs: FILE_MS };
  return door(`attachments/${encodeURIComponent(id)}`, call, (response) => response.blob());
}
