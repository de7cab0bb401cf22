import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import sharp from 'sharp';
import type { Database } from '../database/database.ts';
import { CHUNK_BYTES } from '../operations/attachments.ts';
import { operations } from '../operations/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { databases } from '../testing/test-host.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { cleanStoredImages, type ImageOutcome } from './clean-stored-images.ts';
import { createImageCleaner } from './image-cleaner.ts';

const SECRET = 'Jalan Rahasia 7';

/** Creates a picture of several chunks, larger than a thumbnail, with metadata. */
function photo(): Promise<Buffer> {
  const [width, height] = [900, 300];
  // The same noise in every run.
  let seed = 1;
  const pixels = Buffer.from(
    Uint8Array.from({ length: width * height }, () => (seed = (seed * 48_271) % 0x7fff_ffff) & 0xff),
  );
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .withExifMerge({ IFD0: { Copyright: SECRET } })
    .png()
    .toBuffer();
}

for (const kind of databases)
  describe(`images of an earlier version on ${kind.name}`, () => {
    const images = createImageCleaner({ atOnce: 1 });
    let database: TestDatabase;
    let scope: { accountId: string; inboxId: string; visitorId: string; conversationId: string };
    before(async () => {
      database = await createTestDatabase(kind);
      await database.run(operations.importWorkspace, { workspace: workspaceOf('images') });
    });
    after(async () => {
      images.close();
      await database.close();
    });
    beforeEach(async () => {
      const [accountId, inboxId] = ['acc_images', 'inb_images'];
      const { visitorId } = await database.run(operations.createVisitor, {
        accountId,
        inboxId,
        identity: null,
      });
      const id = `t-${visitorId}`;
      const input = { kind: 'message' as const, id, at: database.clock.iso(), text: 'halo' };
      await database.run(operations.submitTurn, {
        visitorId,
        inboxId,
        turn: { id, session: `s-${visitorId}`, seq: 1, input },
      });
      const conversationId = await database.run(operations.visitorConversationId, { visitorId, inboxId });
      scope = { accountId, inboxId, visitorId, conversationId: conversationId! };
      await database.sql('delete from attachments');
      await database.sql('delete from attachment_usage');
    });

    /** Stores a file as an earlier version did. */
    async function store(id: string, bytes: Buffer, conversationId: string | null): Promise<void> {
      const { accountId, inboxId, visitorId } = scope;
      const about = { id, name: 'a.png', type: 'image/png', size: bytes.length, width: 9, height: 9 };
      await database.sql(
        `insert into attachments (id, account_id, inbox_id, visitor_id, conversation_id, about, size,
           stored_at, created_at, has_metadata) values ($1, $2, $3, $4, $5, $6::jsonb, $7, now(), now(), true)`,
        [
          id,
          accountId,
          inboxId,
          visitorId,
          conversationId,
          JSON.stringify(about),
          Math.max(bytes.length, 4_096),
        ],
      );
      for (let position = 0; position * CHUNK_BYTES < bytes.length; position++)
        await database.sql(
          `insert into attachment_chunks values ($1, 'original', $2, decode($3, 'base64'))`,
          [
            id,
            position,
            bytes.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES).toString('base64'),
          ],
        );
      await database.sql(
        `insert into attachment_usage
         select account_id, inbox_id, coalesce(sum(size) filter (where conversation_id is null), 0), sum(size)
         from attachments group by account_id, inbox_id
         on conflict (account_id, inbox_id)
         do update set unused_bytes = excluded.unused_bytes, total_bytes = excluded.total_bytes`,
      );
    }

    /** Cleans images. `fail` ends the process before an operation. */
    async function clean(fail: (name: string) => boolean = () => false) {
      const outcomes: Record<string, ImageOutcome> = {};
      const run = (name: keyof typeof operations, input: unknown) => {
        if (fail(name)) return Promise.reject(new Error('killed'));
        return database.run(operations[name] as never, input);
      };
      const opened = { run } as Pick<Database, 'run'>;
      await cleanStoredImages({
        database: opened,
        images,
        onImage: (id, outcome) => void (outcomes[id] = outcome),
      });
      return outcomes;
    }

    async function bytesOf(id: string, variant = 'original'): Promise<Buffer> {
      const rows = await database.sql<{ base64: string }>(
        `select encode(bytes, 'base64') as base64 from attachment_chunks
         where attachment_id = $1 and variant = $2 order by position`,
        [id, variant],
      );
      return Buffer.concat(rows.map(({ base64 }) => Buffer.from(base64, 'base64')));
    }

    async function assertSums(): Promise<void> {
      const [sums] = await database.sql<{ counted: boolean }>(
        `select unused_bytes = (select coalesce(sum(size) filter (where conversation_id is null), 0) from attachments)
           and total_bytes = (select sum(size) from attachments) as counted from attachment_usage`,
      );
      assert.deepEqual(sums, { counted: true });
    }

    test('lose their metadata, get a thumbnail, and count their new size', async () => {
      const original = await photo();
      assert.ok(original.includes(SECRET) && original.length > 2 * CHUNK_BYTES, `${original.length} bytes`);
      await store('att_sent', original, scope.conversationId);
      await store('att_unused', original, null);
      assert.deepEqual(await clean(), { att_sent: 'cleaned', att_unused: 'cleaned' });
      for (const id of ['att_sent', 'att_unused']) {
        const bytes = await bytesOf(id);
        assert.ok(!bytes.includes(SECRET));
        assert.ok((await sharp(bytes).raw().toBuffer()).equals(await sharp(original).raw().toBuffer()));
        const { width } = await sharp(await bytesOf(id, 'thumbnail')).metadata();
        assert.equal(width, 640);
        const file = { visitorId: scope.visitorId, inboxId: scope.inboxId, attachmentId: id };
        const { about, size } = await database.run(operations.findVisitorAttachment, file);
        assert.deepEqual(
          [about.size, size, about.width, about.height],
          [bytes.length, bytes.length, 900, 300],
        );
        assert.equal(
          (await database.run(operations.findVisitorAttachment, { ...file, size: 'thumbnail' })).variant,
          'thumbnail',
        );
      }
      await assertSums();
      assert.deepEqual(await clean(), {}, 'nothing is left to do');
    });

    test('that cannot be decoded are unchanged, and do not stop the others', async () => {
      const damaged = Buffer.from('GIF89a nothing');
      await store('att_1', damaged, null);
      await store('att_2', await photo(), null);
      assert.deepEqual(await clean(), { att_1: 'failed', att_2: 'cleaned' });
      assert.ok((await bytesOf('att_1')).equals(damaged));
      await assertSums();
    });

    test('are complete at any time, and the next run continues after a kill', async () => {
      const original = await photo();
      await store('att_1', original, scope.conversationId);
      await store('att_2', original, scope.conversationId);
      for (let step = 0; step < 40; step++) {
        let left = step;
        const isDone = await clean(() => left-- === 0).then(
          () => true,
          () => false,
        );
        for (const id of ['att_1', 'att_2'])
          assert.deepEqual(
            await sharp(await bytesOf(id))
              .metadata()
              .then(({ width, height }) => [width, height]),
            [900, 300],
          );
        await assertSums();
        if (isDone) break;
      }
      assert.deepEqual(await clean(), {}, 'both are clean');
      const stored = await database.sql<{ variant: string }>(
        'select distinct variant from attachment_chunks',
      );
      assert.deepEqual(stored.map(({ variant }) => variant).toSorted(), ['original', 'thumbnail']);
    });
  });
