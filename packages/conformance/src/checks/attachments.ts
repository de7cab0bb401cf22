/** Files of visitors: which are accepted, who may read them, and how they are served. */
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat, NotRun } from '../kit/expect.ts';
import type { Answer } from '../kit/answer.ts';
import {
  keepFile,
  PHOTO,
  PICTURE,
  pictureSize,
  takesFiles,
  uploadFile,
  WIDE_PICTURE,
  type Bytes,
} from '../kit/files.ts';
import type { TurnBody, Visitor } from '../kit/visitor.ts';
import { atDesk } from './turns.ts';

const text = (words: string): Bytes => new TextEncoder().encode(words);

/** Returns a visitor on a host that accepts files. */
async function sender(kit: Kit): Promise<Visitor> {
  const visitor = await atDesk(kit);
  if (!(await takesFiles(visitor))) throw new NotRun('the host takes no files (config.uploads)');
  return visitor;
}

function messageWith(visitor: Visitor, words: string, ...ids: string[]): TurnBody {
  const turn = visitor.message(words);
  return { ...turn, input: { ...turn.input, attachments: ids.map((id) => ({ id })) } };
}

const fetchOwn = (visitor: Visitor, attachmentId: string, query = {}): Promise<Answer> =>
  visitor.call('getVisitorAttachment', { path: { attachmentId }, query });

const fetchSaid = (
  kit: Kit,
  conversationId: string,
  attachmentId: string,
  { token, query = {} }: { token?: string; query?: Record<string, string> } = {},
): Promise<Answer> =>
  kit.host.call('getConversationAttachment', {
    path: { conversationId, attachmentId },
    query,
    ...(token !== undefined && { token }),
  });

export const attachmentChecks = [
  check(
    'attachments/said',
    'uploadAttachment',
    'a picture is kept, said, and read on both sides',
    async (kit) => {
      const visitor = await sender(kit);
      const kept = await keepFile(visitor, PICTURE, 'struk belanja.png');
      const { name, type, width, height } = kept;
      expectEqual(
        [name, type, width, height],
        ['struk belanja.png', 'image/png', 4, 3],
        'name, type, width, height',
      );
      expectThat(kept.id.length >= 20, 'an id that cannot be guessed (at least 20 characters)', kept.id);
      const turn = messageWith(visitor, '', kept.id);
      await visitor.take(turn);
      const { id } = await kit.account.conversationOf(visitor.id);
      for (const [whose, messages] of [
        ["the visitor's snapshot", (await visitor.snapshot()).messages],
        [
          'the log',
          (await kit.account.log(id)).flatMap((event) => (event.type === 'message' ? [event.message] : [])),
        ],
      ] as const)
        expectEqual(
          messages.find((one) => one.id === turn.id)?.attachments,
          [kept],
          `attachments in ${whose}`,
        );
      for (const [whose, answer] of [
        ['the visitor', await fetchOwn(visitor, kept.id)],
        ['an agent', await fetchSaid(kit, id, kept.id)],
      ] as const) {
        expectStatus(answer, 200, `the file for ${whose}`);
        expectEqual(
          [answer.type, answer.bytes.length, pictureSize(answer.bytes)],
          ['image/png', kept.size, { width: 4, height: 3 }],
          `type, bytes, width and height of the file for ${whose}`,
        );
      }
    },
  ),
  check(
    'attachments/served',
    'File',
    'nothing but a picture is shown in place, and nothing is sniffed',
    async (kit) => {
      const visitor = await sender(kit);
      const page = await keepFile(visitor, text('Halo <b>dunia</b>'), 'halo.html');
      const picture = await keepFile(visitor, PICTURE);
      for (const { id, type } of [page, picture]) {
        const answer = await fetchOwn(visitor, id);
        expectStatus(answer, 200, 'getVisitorAttachment');
        const [kind] = (answer.headers.get('content-disposition') ?? '').split(';');
        if (type !== 'image/png') expectEqual(kind, 'attachment', 'Content-Disposition attachment');
        expectEqual(answer.headers.get('x-content-type-options'), 'nosniff', 'X-Content-Type-Options');
        expectThat(
          /private|no-store/.test(answer.headers.get('cache-control') ?? ''),
          'Cache-Control private or no-store',
          answer.headers.get('cache-control'),
        );
      }
      expectEqual(page.type, 'text/plain', 'type of a text that is called .html');
      expectThat(!/\.html?$/i.test(page.name), 'a name without the ending .html', page.name);
    },
  ),
  check(
    'attachments/metadata',
    'uploadAttachment',
    'a photo is stored without the camera and the place',
    async (kit) => {
      const visitor = await sender(kit);
      const kept = await keepFile(visitor, PHOTO, 'foto.jpg');
      expectEqual([kept.type, kept.width, kept.height], ['image/jpeg', 8, 6], 'type, width, height');
      const answer = await fetchOwn(visitor, kept.id);
      expectStatus(answer, 200, 'getVisitorAttachment');
      const stored = Buffer.from(answer.bytes).toString('latin1');
      for (const words of ['Exif', 'Kamera Uji'])
        expectThat(!stored.includes(words), `no Exif in the stored photo: "${words}"`, 'it is there');
      expectEqual(
        [answer.bytes.length, pictureSize(answer.bytes)],
        [kept.size, { width: 8, height: 6 }],
        'bytes, width and height of the stored photo',
      );
      const damaged = await uploadFile(visitor, PHOTO.slice(0, PHOTO.length - 150));
      expectProblem(damaged, 415, 'unsupported_media', 'a photo that ends before its pixels');
    },
  ),
  check(
    'attachments/thumbnail',
    'FileSize',
    'a large picture has a thumbnail of at most 640 pixels, a small one is its own',
    async (kit) => {
      const visitor = await sender(kit);
      const [wide, small] = [await keepFile(visitor, WIDE_PICTURE), await keepFile(visitor, PICTURE)];
      await visitor.take(messageWith(visitor, '', wide.id, small.id));
      const { id } = await kit.account.conversationOf(visitor.id);
      const query = { size: 'thumbnail' };
      for (const [whose, answer] of [
        ['the visitor', await fetchOwn(visitor, wide.id, query)],
        ['an agent', await fetchSaid(kit, id, wide.id, { query })],
      ] as const) {
        expectStatus(answer, 200, `the thumbnail for ${whose}`);
        const size = pictureSize(answer.bytes);
        expectThat(
          size !== null && size.height >= 1 && size.height < size.width && size.width <= 640,
          `size of the thumbnail for ${whose}: a wide picture of at most 640 pixels`,
          size,
        );
      }
      const own = await fetchOwn(visitor, small.id, query);
      expectStatus(own, 200, 'the thumbnail of a small picture');
      expectEqual(pictureSize(own.bytes), { width: 4, height: 3 }, 'its size');
    },
  ),
  check(
    'attachments/types',
    'unsupported_media',
    'the content decides; what is not on the list is 415',
    async (kit) => {
      const visitor = await sender(kit);
      for (const [what, bytes] of [
        ['a page called .png', text('<!doctype html><script>alert(1)</script>')],
        ['a drawing with a script', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
        ['a program', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0])],
      ] as const)
        expectProblem(await uploadFile(visitor, bytes, 'foto.png'), 415, 'unsupported_media', what);
      expectProblem(await uploadFile(visitor, new Uint8Array(0)), 400, 'invalid_request', 'an empty file');
      const claimed = await visitor.call('uploadAttachment', {
        rawBody: PICTURE,
        headers: { 'content-type': 'text/plain' },
      });
      expectProblem(
        claimed,
        [400, 415],
        ['invalid_request', 'unsupported_media'],
        'a file sent as a page without rights could send it',
      );
    },
  ),
  check('attachments/size', 'too_large', 'one mebibyte is taken, more than ten are 413', async (kit) => {
    const visitor = await sender(kit);
    const large = new Uint8Array(1024 * 1024).fill(0x61);
    expectEqual((await keepFile(visitor, large)).size, large.length, 'size');
    const huge = new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61);
    expectProblem(await uploadFile(visitor, huge), 413, 'too_large', 'ten mebibytes and a byte');
  }),
  check(
    'attachments/private',
    'getVisitorAttachment',
    'a file is not found by others; agents find it after it is sent',
    async (kit) => {
      const visitor = await sender(kit);
      const other = await kit.visitor();
      const { id } = await keepFile(visitor, PICTURE);
      await visitor.say('halo');
      const conversation = await kit.account.conversationOf(visitor.id);
      expectProblem(await fetchOwn(other, id), 404, 'not_found', "another visitor's file");
      expectProblem(await fetchOwn(visitor, 'nope'), 404, 'not_found', 'an unknown file');
      expectProblem(
        await fetchSaid(kit, conversation.id, id),
        404,
        'not_found',
        'a file that was not said yet, for an agent',
      );
      await visitor.take(messageWith(visitor, 'ini', id));
      expectStatus(await fetchSaid(kit, conversation.id, id), 200, 'a file that was said, for an agent');
      await other.say('halo');
      const elsewhere = await kit.account.conversationOf(other.id);
      expectProblem(
        await fetchSaid(kit, elsewhere.id, id),
        404,
        'not_found',
        'the file in another conversation',
      );
      const { foreignToken } = kit.options;
      if (foreignToken)
        expectProblem(
          await fetchSaid(kit, conversation.id, id, { token: foreignToken }),
          404,
          'not_found',
          'the file for another account',
        );
    },
  ),
  check(
    'attachments/unknown',
    'MessageInput.attachments',
    'a message with a file that is not the visitor’s is 422, and nothing is stored',
    async (kit) => {
      const visitor = await sender(kit);
      const other = await kit.visitor();
      const [mine, theirs] = [await keepFile(visitor, PICTURE), await keepFile(other, PICTURE)];
      for (const [what, id] of [
        ["another visitor's file", theirs.id],
        ['an unknown file', 'nope'],
      ] as const) {
        const answer = await visitor.post(messageWith(visitor, 'lihat', mine.id, id));
        expectProblem(answer, 422, 'unknown_reference', what);
        const { fields } = answer.body as { fields?: { path: string }[] };
        expectThat(
          fields?.some(({ path }) => path.includes('attachments')) ?? false,
          `${what}: fields with its place`,
          answer.body,
        );
      }
      expectEqual((await visitor.snapshot()).seq, 0, 'seq: nothing was stored');
      const turn = messageWith(visitor, 'lihat', mine.id);
      await visitor.take(turn);
      const changed = { ...turn, input: { ...turn.input, attachments: [] } };
      expectProblem(await visitor.post(changed), 422, 'id_reused', 'the same id without the file');
    },
  ),
];
