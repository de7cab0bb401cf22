import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Attachment, ProblemDetails } from '@alur/protocol';
import sharp from 'sharp';
import { jpeg, png, text } from '../testing/sample-files.ts';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';

for (const database of databases) {
  describe(`files of visitors on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    /** Sends a request with bytes as its body and returns the unread response. */
    const raw = (
      path: string,
      token: string,
      body?: Buffer<ArrayBuffer>,
      headers: Record<string, string> = {},
    ) =>
      host.host.app.request(path, {
        method: body ? 'POST' : 'GET',
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body && { 'Content-Type': 'application/octet-stream' }),
          ...headers,
        },
        ...(body && { body }),
      });

    async function begin(on?: Awaited<ReturnType<TestHost['workspace']>>) {
      const { inboxId, key } = on ?? (await host.workspace());
      const visitor = await createTestVisitor(host, inboxId);
      const dashboard = createTestDashboard(host, key);
      const base = `/v1/widget/${inboxId}/attachments`;
      const upload = (bytes: Buffer<ArrayBuffer>, headers = {}) => raw(base, visitor.token, bytes, headers);
      return {
        inboxId,
        key,
        visitor,
        dashboard,
        upload,
        keep: async (bytes: Buffer<ArrayBuffer>, headers = {}) =>
          (await (await upload(bytes, headers)).json()) as Attachment,
        fetch: (id: string, token = visitor.token, query = '') => raw(`${base}/${id}${query}`, token),
        /** Creates a turn with files without sending it. */
        withFiles(words: string, ...ids: string[]) {
          const turn = visitor.say(words);
          return { ...turn, input: { ...turn.input, attachments: ids.map((id) => ({ id })) } } as typeof turn;
        },
        conversation: () => dashboard.conversationOf(visitor.visitorId),
      };
    }
    const codeOf = async (response: Response) => ((await response.json()) as ProblemDetails).code;

    test('a picture is stored, sent in a turn, and downloadable by the visitor and by agents', async () => {
      const { visitor, dashboard, key, keep, fetch, withFiles, conversation } = await begin();
      const bytes = png(40, 30);
      const kept = await keep(bytes, { 'Alur-File-Name': 'struk%20%F0%9F%98%80.png' });
      const { id, ...about } = kept;
      assert.match(id, /^att_[\w-]{22}$/);
      const size = bytes.length;
      assert.deepEqual(about, { name: 'struk 😀.png', type: 'image/png', size, width: 40, height: 30 });

      const { status } = await visitor.turn(withFiles('', id));
      assert.equal(status, 200);
      const { id: conversationId, lastMessage } = await conversation();
      assert.equal(lastMessage?.text, 'Halo kak!', 'a file alone opens a session like any other message');
      const [first] = (await visitor.snapshot()).messages;
      assert.deepEqual([first?.text, first?.attachments], ['', [kept]]);
      const said = (await dashboard.log(conversationId)).find(({ type }) => type === 'message');
      assert.deepEqual(said?.type === 'message' && said.message.attachments, [kept]);

      for (const response of [
        await fetch(id),
        await raw(`/v1/conversations/${conversationId}/attachments/${id}`, key),
      ]) {
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('Content-Type'), 'image/png');
        assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
        assert.match(response.headers.get('Content-Disposition') ?? '', /^inline; filename="struk/);
        assert.match(response.headers.get('Content-Security-Policy') ?? '', /sandbox/);
        assert.match(response.headers.get('Cache-Control') ?? '', /private/);
        assert.ok(bytes.equals(Buffer.from(await response.arrayBuffer())));
      }
    });

    test('a photo is stored without the place where it was taken', async () => {
      const { keep, fetch } = await begin();
      const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
        .withExif({ IFD0: { Make: 'Kamera' }, IFD3: { GPSLatitude: '6/1 10/1 0/1', GPSLatitudeRef: 'S' } })
        .jpeg()
        .toBuffer();
      assert.ok(bytes.includes('Exif') && bytes.includes('Kamera'));
      const { id, size, width, height } = await keep(Buffer.from(bytes));
      const stored = Buffer.from(await (await fetch(id)).arrayBuffer());
      assert.deepEqual([stored.length, width, height], [size, 40, 30]);
      assert.ok(!stored.includes('Exif') && !stored.includes('Kamera'));
      assert.equal((await sharp(stored).metadata()).format, 'jpeg');
    });

    test('a large picture gets a thumbnail, a small one serves as its own, other files have none', async () => {
      const { visitor, key, keep, fetch, withFiles, conversation } = await begin();
      const [large, small] = [await keep(png(2_000, 1_000)), await keep(png(600, 30))];
      await visitor.turn(withFiles('', large.id, small.id));
      const { id: conversationId } = await conversation();
      for (const response of [
        await fetch(large.id, visitor.token, '?size=thumbnail'),
        await raw(`/v1/conversations/${conversationId}/attachments/${large.id}?size=thumbnail`, key),
      ]) {
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('Content-Type'), 'image/webp');
        assert.match(response.headers.get('Content-Disposition') ?? '', /^inline; filename="file.webp"/);
        const bytes = Buffer.from(await response.arrayBuffer());
        assert.equal(response.headers.get('Content-Length'), String(bytes.length));
        const { width, height } = await sharp(bytes).metadata();
        assert.deepEqual([width, height], [640, 320]);
      }
      const own = await fetch(small.id, visitor.token, '?size=thumbnail');
      assert.deepEqual(
        [own.headers.get('Content-Type'), (await own.arrayBuffer()).byteLength],
        ['image/png', small.size],
      );
      const { id } = await keep(text('Halo'));
      const none = await fetch(id, visitor.token, '?size=thumbnail');
      assert.deepEqual([none.status, await codeOf(none)], [404, 'not_found']);
      const unknown = await fetch(id, visitor.token, '?size=huge');
      assert.deepEqual([unknown.status, await codeOf(unknown)], [400, 'invalid_request']);
    });

    test('turns run while pictures that unpack to 64 megapixels are decoded', async () => {
      const workspace = await host.workspace();
      const honest = await createTestVisitor(host, workspace.inboxId);
      const bomb = png(8_000, 8_000);
      assert.ok(bomb.length < 200_000);
      const senders = await Promise.all(Array.from({ length: 4 }, () => begin(workspace)));
      const order: string[] = [];
      const uploads = senders.map(async ({ keep, fetch, visitor }) => {
        const { id } = await keep(bomb);
        order.push('picture');
        return fetch(id, visitor.token, '?size=thumbnail');
      });
      for (let turn = 1; turn <= 3; turn++) {
        await honest.message(`halo ${turn}`);
        order.push('turn');
      }
      const thumbnails = await Promise.all(uploads);
      assert.deepEqual(order.slice(0, 3), ['turn', 'turn', 'turn']);
      for (const response of thumbnails) assert.ok((await response.arrayBuffer()).byteLength < 20_000);
    });

    test('a file that is not a picture is served as a download', async () => {
      const { keep, fetch } = await begin();
      const { id, name } = await keep(text('Halo'), { 'Alur-File-Name': 'catatan.html' });
      assert.equal(name, 'catatan.html.txt');
      const response = await fetch(id);
      assert.match(response.headers.get('Content-Disposition') ?? '', /^attachment; /);
      assert.equal(response.headers.get('Content-Type'), 'text/plain; charset=utf-8');
    });

    test('an unlisted, empty, too large or form-encoded file is rejected with the reason', async () => {
      const { upload } = await begin();
      for (const [body, headers, status, code] of [
        [text('<html>'), {}, 415, 'unsupported_media'],
        [png(), { 'Content-Type': 'image/png' }, 400, 'invalid_request'],
        [png(), { 'Content-Type': 'text/plain' }, 400, 'invalid_request'],
        [png(), { 'Alur-File-Name': '%FF' }, 400, 'invalid_request'],
        [Buffer.alloc(10 * 1024 * 1024 + 1, 'x'), {}, 413, 'too_large'],
        [png(8_001, 8_000), {}, 413, 'too_large'],
        [png().subarray(0, 50), {}, 415, 'unsupported_media'],
        [jpeg(40, 30), {}, 415, 'unsupported_media'],
      ] as const) {
        const response = await upload(body, headers);
        assert.deepEqual([response.status, await codeOf(response)], [status, code]);
      }
    });

    test('a file of ten mebibytes is returned unchanged', async () => {
      const { keep, fetch } = await begin();
      const bytes = Buffer.alloc(10 * 1024 * 1024, 'xyz');
      const { id, size } = await keep(bytes);
      assert.equal(size, 10 * 1024 * 1024);
      assert.ok(bytes.equals(Buffer.from(await (await fetch(id)).arrayBuffer())));
    });

    test('a file is 404 for another visitor, for agents before it is sent, and for another account', async () => {
      const workspace = await host.workspace();
      const [one, other, stranger] = [await begin(workspace), await begin(workspace), await begin()];
      const { id } = await one.keep(png());
      await one.visitor.message('halo');
      await other.visitor.message('halo');
      const path = `/v1/conversations/${(await one.conversation()).id}/attachments/${id}`;
      const unsaid = await raw(path, one.key);
      assert.deepEqual([unsaid.status, await codeOf(unsaid)], [404, 'not_found']);

      await one.visitor.turn(one.withFiles('ini', id));
      assert.equal((await raw(path, one.key)).status, 200);
      for (const response of [
        await one.fetch(id, other.visitor.token),
        await one.fetch('att_none'),
        await raw(path, stranger.key),
        await raw(`/v1/conversations/${(await other.conversation()).id}/attachments/${id}`, one.key),
      ])
        assert.deepEqual([response.status, await codeOf(response)], [404, 'not_found']);
      assert.equal((await raw(path, one.visitor.token)).status, 401);
    });

    test('a turn with a foreign file is rejected with the id of the file, and stores nothing', async () => {
      const workspace = await host.workspace();
      const [one, other] = [await begin(workspace), await begin(workspace)];
      const [mine, theirs] = [(await one.keep(png())).id, (await other.keep(png())).id];
      for (const unknown of [theirs, 'att_none']) {
        const { status, body } = await one.visitor.turn(one.withFiles('lihat', mine, unknown));
        assert.deepEqual([status, body.code], [422, 'unknown_reference']);
        assert.deepEqual((body as unknown as ProblemDetails).fields?.[0]?.path, '/input/attachments/1/id');
      }
      assert.equal((await one.visitor.snapshot()).seq, 0);
      const { body } = await one.visitor.turn(one.withFiles('lihat', mine));
      assert.equal(body.seq, 1);
    });

    test('files are part of the input: the same message id with other files is a different input', async () => {
      const { visitor, keep, withFiles } = await begin();
      const [first, second] = [(await keep(png())).id, (await keep(png())).id];
      const turn = withFiles('dua', first, second, first);
      assert.equal((await visitor.turn(turn)).status, 200);
      assert.equal((await visitor.turn(turn)).body.replayed, true);
      const [said] = (await visitor.snapshot()).messages;
      assert.deepEqual(
        said?.attachments?.map(({ id }) => id),
        [first, second],
      );
      const changed = { ...turn, input: { ...turn.input, attachments: [{ id: first }] } };
      assert.equal((await visitor.turn(changed)).body.code, 'id_reused');
    });

    test('a file that no turn names is deleted after a day, a sent file stays', async () => {
      const { visitor, keep, fetch, withFiles } = await begin();
      const [said, unsaid] = [(await keep(png())).id, (await keep(png())).id];
      await visitor.turn(withFiles('ini', said));
      host.clock.pass(23 * 3_600_000);
      while (await host.host.database.run('sweepAttachments', undefined));
      await visitor.renew();
      assert.equal((await fetch(unsaid, visitor.token)).status, 200);
      host.clock.pass(2 * 3_600_000);
      while (await host.host.database.run('sweepAttachments', undefined));
      await visitor.renew();
      assert.equal((await fetch(unsaid, visitor.token)).status, 404);
      assert.equal((await fetch(said, visitor.token)).status, 200);
    });

    test('CORS allows the file name header, and the configuration lists the accepted types', async () => {
      const { inboxId } = await begin();
      const headers = { Origin: 'https://shop.example' };
      const preflight = await host.call(`/v1/widget/${inboxId}/attachments`, { method: 'OPTIONS', headers });
      assert.match(preflight.headers.get('Access-Control-Allow-Headers') ?? '', /Alur-File-Name/);
      const config = await host.call<{ uploads: { maxBytes: number; types: string[] } }>(
        `/v1/widget/${inboxId}/config`,
      );
      assert.equal(config.body.uploads.maxBytes, 10 * 1024 * 1024);
      assert.ok(config.body.uploads.types.includes('application/pdf'));
    });
  });
}

test('frequent and concurrent uploads of a visitor are limited', async () => {
  const host = await createTestHost({
    limits: { uploadsPerVisitor: { burst: 2, perMinute: 1 }, uploadsAtOnce: 0 },
  });
  try {
    const { inboxId } = await host.workspace();
    const { token } = await createTestVisitor(host, inboxId);
    const statuses: [number, string | null][] = [];
    for (let sent = 0; sent < 3; sent++) {
      const response = await host.host.app.request(`/v1/widget/${inboxId}/attachments`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
        body: png(),
      });
      statuses.push([response.status, response.headers.get('Retry-After')]);
    }
    assert.deepEqual(statuses, [
      [503, '2'],
      [503, '2'],
      [429, '60'],
    ]);
  } finally {
    await host.close();
  }
});
