import type { Attachment } from '@alur/protocol';
import { expectStatus } from './expect.ts';
import type { Answer } from './host.ts';
import type { Visitor } from './visitor.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A whole grey PNG of 4 x 3. */
export const PICTURE: Bytes = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAAC0lEQVR4nKuoQAEAOE8HCRuVl5cAAAAASUVORK5CYII=',
    'base64',
  ),
);

/** Whether the host takes files at all. */
export async function takesFiles(visitor: Visitor): Promise<boolean> {
  const { body } = await visitor.call('getWidgetConfig', { token: null });
  return (body as { uploads?: object }).uploads !== undefined;
}

/** Uploads a file, which may be refused. */
export function uploadFile(visitor: Visitor, bytes: Bytes, name?: string): Promise<Answer> {
  return visitor.call('uploadAttachment', {
    rawBody: bytes,
    headers: {
      'content-type': 'application/octet-stream',
      ...(name !== undefined && { 'alur-file-name': encodeURIComponent(name) }),
    },
  });
}

/** Uploads a file that must be taken. */
export async function keepFile(visitor: Visitor, bytes: Bytes, name?: string): Promise<Attachment> {
  const answer = await uploadFile(visitor, bytes, name);
  expectStatus(answer, 201, 'uploadAttachment');
  return answer.body as Attachment;
}
