import type { Attachment } from '@alur/protocol';
import { expectStatus } from './expect.ts';
import type { Answer } from './answer.ts';
import type { Visitor } from './visitor.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const decode = (base64: string): Bytes => new Uint8Array(Buffer.from(base64, 'base64'));

/** A grey PNG of 4 x 3. */
export const PICTURE: Bytes = decode(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVR4nGOoqKioYIAT' +
    'ACo/BaG6IJQ6AAAAAElFTkSuQmCC',
);

/** A grey PNG of 1,280 x 20. */
export const WIDE_PICTURE: Bytes = decode(
  'iVBORw0KGgoAAAANSUhEUgAABQAAAAAUCAAAAAD38M8BAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAATUlEQVR42u3UMQEAAAzC' +
    'MGQjHxW7lkjo0RTgqUgAGCCAAQIYIIABAhgggAECGCCAAQIYIIABAhgggAECGCCAAQIYIIABAhgggAEC3Axwm9bis5qmbuMA' +
    'AAAASUVORK5CYII=',
);

/** A JPEG of 8 x 6 whose Exif names the camera ("Kamera Uji") and a place. */
export const PHOTO: Bytes = decode(
  '/9j/4QFGRXhpZgAASUkqAAgAAAAIAA8BAgALAAAAfgAAABIBAwABAAAAAQAAABoBBQABAAAAbgAAABsBBQABAAAAdgAAACgB' +
    'AwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAigAAACWIBAABAAAA2AAAAAAAAAA4YwAA6AMAADhjAADoAwAAS2FtZXJh' +
    'IFVqaQAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAAgAAAADoAQA' +
    'AQAAAAYAAAAAAAAABAABAAIAAgAAAFMAAAACAAUAAwAAACYBAAADAAIAAgAAAEUAAAAEAAUAAwAAAA4BAAAAAAAAagAAAAEA' +
    'AAAxAAAAAQAAACgAAAABAAAABgAAAAEAAAAKAAAAAQAAAB4AAAABAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUd' +
    'KDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/9sAQwEREhIYFRgvGhovY0I4QmNjY2NjY2NjY2NjY2Nj' +
    'Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj/8AAEQgABgAIAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAA' +
    'AAAAAAAF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAQF/8QAFBEBAAAAAAAAAAAAAAAAAAAA' +
    'AP/aAAwDAQACEQMRAD8AmAFIL//Z',
);

/** Returns the width and height of a PNG, JPEG or WebP file; null for other content. */
export function pictureSize(bytes: Uint8Array): { width: number; height: number } | null {
  const file = Buffer.from(bytes);
  const words = (at: number, length: number): string => file.toString('latin1', at, at + length);
  try {
    if (words(1, 3) === 'PNG') return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
    if (words(0, 4) === 'RIFF') return webpSize(file, words(12, 4));
    for (let at = 2; words(0, 2) === '\xff\xd8'; at += 2 + file.readUInt16BE(at + 2)) {
      const marker = file.readUInt8(at + 1);
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
        return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    }
  } catch {
    // The file is truncated.
  }
  return null;
}

function webpSize(file: Buffer, form: string): { width: number; height: number } {
  if (form === 'VP8 ')
    return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
  if (form === 'VP8X') return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
  const bits = file.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Returns whether the host accepts files. */
export async function takesFiles(visitor: Visitor): Promise<boolean> {
  const { body } = await visitor.call('getWidgetConfig', { token: null });
  return (body as { uploads?: object }).uploads !== undefined;
}

/** Uploads a file. The host may refuse it. */
export function uploadFile(visitor: Visitor, bytes: Bytes, name?: string): Promise<Answer> {
  return visitor.call('uploadAttachment', {
    rawBody: bytes,
    headers: {
      'content-type': 'application/octet-stream',
      ...(name !== undefined && { 'alur-file-name': encodeURIComponent(name) }),
    },
  });
}

/** Uploads a file. The host must accept it. */
export async function keepFile(visitor: Visitor, bytes: Bytes, name?: string): Promise<Attachment> {
  const answer = await uploadFile(visitor, bytes, name);
  expectStatus(answer, 201, 'uploadAttachment');
  return answer.body as Attachment;
}
