import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { Attachment, ProblemDetails } from '@alur/protocol';
import sharp from 'sharp';
import type { Limits } from '../http/rate-limit.ts';
import { PACE_MS } from '../http/read-body.ts';
import { countedDatabase, type CountedDatabase } from '../testing/counted-database.ts';
import { text } from '../testing/sample-files.ts';
import {
  createClock,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
  type TestVisitor,
} from '../testing/test-host.ts';
import { createTimers } from '../testing/test-timers.ts';

const KIB = 1024;
const file = (size: number) => Buffer.alloc(size, 'x');
/** Rate limits that no test reaches, so that only the limits set by a test apply. */
const rates = {
  uploadsPerVisitor: { burst: 1_000, perMinute: 1 },
  uploadsPerAddress: { burst: 1_000, perMinute: 1 },
};

type Sender = TestVisitor & { inboxId: string };

async function createSender(host: TestHost, inboxId: string): Promise<Sender> {
  return Object.assign(await createTestVisitor(host, inboxId), { inboxId });
}

async function upload(host: TestHost, { inboxId, token }: Sender, bytes: Buffer<ArrayBuffer>) {
  const response = await host.host.app.request(`/v1/widget/${inboxId}/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body: bytes,
  });
  const body = (await response.json()) as Attachment & ProblemDetails;
  return {
    status: response.status,
    code: body.code,
    id: body.id,
    retryAfter: response.headers.get('Retry-After'),
  };
}

/** Creates a picture that is larger when it is encoded again, with a thumbnail of the same size. */
function noise(): Promise<Buffer<ArrayBuffer>> {
  const [width, height] = [660, 330];
  // The same numbers in every run.
  let seed = 1;
  const pixels = Buffer.from(
    Uint8Array.from({ length: width * height }, () => (seed = (seed * 48_271) % 0x7fff_ffff) & 0xff),
  );
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: 20 })
    .toBuffer() as Promise<Buffer<ArrayBuffer>>;
}

async function sendFiles(sender: Sender, ...ids: string[]): Promise<void> {
  const turn = sender.say('');
  const { status } = await sender.turn({
    ...turn,
    input: { ...turn.input, attachments: ids.map((id) => ({ id })) },
  } as typeof turn);
  assert.equal(status, 200);
}

for (const database of databases)
  describe(`quotas of files on ${database.name}`, () => {
    const limits: Partial<Limits> = {
      ...rates,
      unusedFileBytesPerVisitor: 60 * KIB,
      fileBytesPerVisitor: 100 * KIB,
      fileBytesBeforeFirstTurn: 30 * KIB,
      unusedFileBytesPerInbox: 300 * KIB,
      unusedFileBytesPerAccount: 300 * KIB,
      fileBytesPerInbox: 400 * KIB,
      fileBytesPerAccount: 400 * KIB,
      uploadsAtOncePerVisitor: 20,
      uploadsAtOncePerAddress: 20,
    };
    let host: TestHost;
    before(async () => {
      host = await createTestHost({ limits }, database);
    });
    after(() => host.close());

    async function begin() {
      const { inboxId } = await host.workspace();
      return { inboxId, sender: await createSender(host, inboxId) };
    }
    const codes = (answers: { status: number; code: string }[]) =>
      answers.map(({ status, code }) => (status === 201 ? 'kept' : code));

    test('before the first turn a visitor can upload two small files', async () => {
      const { sender } = await begin();
      const answers = [];
      for (const size of [31 * KIB, 4 * KIB, 4 * KIB, 4 * KIB])
        answers.push(await upload(host, sender, file(size)));
      assert.deepEqual(codes(answers), ['quota_exceeded', 'kept', 'kept', 'quota_exceeded']);
      assert.equal(answers[0]!.status, 413);
      await sender.message('halo');
      assert.equal((await upload(host, sender, file(4 * KIB))).status, 201, 'a turn makes room');
    });

    test('pending files and the total size of a visitor’s files are limited', async () => {
      const { sender } = await begin();
      await sender.message('halo');
      const [one, two, over] = [
        await upload(host, sender, file(30 * KIB)),
        await upload(host, sender, file(30 * KIB)),
        await upload(host, sender, file(1)),
      ];
      assert.deepEqual(codes([one, two, over]), ['kept', 'kept', 'quota_exceeded']);
      await sendFiles(sender, one.id, two.id);
      const [third, fourth] = [
        await upload(host, sender, file(40 * KIB)),
        await upload(host, sender, file(1)),
      ];
      assert.deepEqual(codes([third, fourth]), ['kept', 'quota_exceeded']);
    });

    test('concurrent uploads do not exceed a quota together', async () => {
      const { sender } = await begin();
      await sender.message('halo');
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => upload(host, sender, file(20 * KIB))),
      );
      assert.equal(answers.filter(({ status }) => status === 201).length, 3);
    });

    test('the totals of an inbox follow uploads, erasures and sweeps', async () => {
      const { inboxId } = await begin();
      const senders = await Promise.all(Array.from({ length: 11 }, () => createSender(host, inboxId)));
      const answers = await Promise.all(senders.map((sender) => upload(host, sender, file(30 * KIB))));
      assert.deepEqual(codes(answers).toSorted(), [
        ...Array.from({ length: 10 }, () => 'kept'),
        'quota_exceeded',
      ]);
      const kept = senders.filter((_, index) => answers[index]!.status === 201);
      const idOf = (sender: Sender) => answers[senders.indexOf(sender)]!.id;
      const late = await createSender(host, inboxId);
      const one = async () => (await upload(host, late, file(25 * KIB))).code ?? 'kept';
      // 300 KiB unused of 300; then 270 of 300.
      assert.equal(await one(), 'quota_exceeded');
      await sendFiles(kept[0]!, idOf(kept[0]!));
      assert.equal(await one(), 'kept');
      // 295 unused, 325 in all.
      for (const sender of kept.slice(1, 4)) await sendFiles(sender, idOf(sender));
      // 205 unused, 325 of 400 in all: 30 more twice.
      const fresh = [];
      for (let each = 0; each < 3; each++)
        fresh.push(await upload(host, await createSender(host, inboxId), file(30 * KIB)));
      assert.deepEqual(codes(fresh), ['kept', 'kept', 'quota_exceeded']);
      const path = `/v1/widget/${inboxId}/visitor`;
      const erased = await host.call(path, { method: 'DELETE', token: kept[0]!.token });
      assert.equal(erased.status, 204);
      assert.equal((await upload(host, await createSender(host, inboxId), file(30 * KIB))).status, 201);
      // The sweep deletes all unused files. 3 files of 30 KiB stay, and a file of 300 KiB would make 390.
      host.clock.pass(25 * 3_600_000);
      while (await host.host.database.run('sweepAttachments', undefined));
      const last = await createSender(host, inboxId);
      await last.message('halo');
      const after = [];
      for (let each = 0; each < 3; each++) {
        const sender = await createSender(host, inboxId);
        await sender.message('halo');
        after.push(await upload(host, sender, file(60 * KIB)));
      }
      assert.deepEqual(codes(after), ['kept', 'kept', 'kept']);
    });

    test('a picture that exceeds a quota after cleaning is rejected', async () => {
      const { sender } = await begin();
      await sender.message('halo');
      const picture = await noise();
      assert.ok(picture.length < 60 * KIB, `${picture.length} bytes alone are within the quota`);
      assert.equal((await upload(host, sender, picture)).code, 'quota_exceeded');
      assert.equal((await upload(host, sender, file(60 * KIB))).status, 201, 'and leaves nothing behind');
    });

    test('a rejected picture leaves no rows and no reserved bytes', async () => {
      const { sender } = await begin();
      const broken = Buffer.from('GIF89a\x01\0\x01\0\0\0\0,', 'latin1');
      for (let each = 0; each < 3; each++)
        assert.equal((await upload(host, sender, broken)).code, 'unsupported_media');
      assert.equal((await upload(host, sender, file(30 * KIB))).status, 201);
    });
  });

test('an address can upload a limited number of bytes an hour, for all its visitors together', async () => {
  const host = await createTestHost({
    limits: { ...rates, uploadBytesPerAddress: { burst: 1_000, perMinute: 60 } },
  });
  try {
    const { inboxId } = await host.workspace();
    const [one, other] = [await createSender(host, inboxId), await createSender(host, inboxId)];
    assert.equal((await upload(host, one, file(900))).status, 201);
    const { status, retryAfter } = await upload(host, other, file(160));
    assert.deepEqual([status, retryAfter], [429, '60']);
    host.clock.pass(60_000);
    assert.equal((await upload(host, other, file(160))).status, 201);
  } finally {
    await host.close();
  }
});

describe('files on slow connections', { timeout: 120_000 }, () => {
  const clock = createClock();
  const timers = createTimers(clock);
  const readers = 8;
  let host: TestHost;
  let counted: CountedDatabase;
  let url: string;
  let inboxId: string;

  before(async () => {
    host = await createTestHost({
      clock,
      after: timers.after,
      limits: {
        ...rates,
        uploadsAtOncePerVisitor: 2,
        uploadsAtOncePerAddress: 3,
        downloadsPerReader: readers,
      },
      wrap: (opened) => (counted = countedDatabase(opened, ['readAttachmentChunk', 'addAttachmentChunk'])),
    });
    url = await host.host.listen(0);
    ({ inboxId } = await host.workspace());
  });
  after(() => host.close());

  /** Waits until `count` files are sent or read. */
  const untilPlaces = (count: number) => host.until(async () => host.host.stats().files === count);

  /** Starts an upload whose body the test sends in parts. Returns it with its response. */
  function slowUpload(t: TestContext, { inboxId, token }: Sender) {
    const call: ClientRequest = request(`${url}/v1/widget/${inboxId}/attachments`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/octet-stream',
        'Content-Length': 1_000_000,
      },
    });
    t.after(() => call.destroy());
    call.on('error', () => {});
    call.write('x');
    const answered = once(call, 'response').then(async ([response]) => {
      const answer = response as IncomingMessage;
      let body = '';
      for await (const chunk of answer) body += String(chunk);
      return { status: answer.statusCode, code: (JSON.parse(body) as ProblemDetails).code };
    });
    answered.catch(() => {});
    return { call, answered };
  }

  test('slow uploads hold few places, and are aborted', async (t) => {
    const [slow, other] = [await createSender(host, inboxId), await createSender(host, inboxId)];
    const held = [slowUpload(t, slow), slowUpload(t, slow)];
    await untilPlaces(2);
    const third = await slowUpload(t, slow).answered;
    assert.deepEqual(third, { status: 429, code: 'rate_limited' }, 'a visitor has two');
    const fourth = slowUpload(t, other);
    await untilPlaces(3);
    const newcomer = await createSender(host, inboxId);
    assert.equal((await slowUpload(t, newcomer).answered).status, 429, 'an address has three');
    timers.pass(PACE_MS);
    for (const { answered } of [...held, fourth])
      assert.deepEqual(await answered, { status: 408, code: 'request_timeout' });
    await untilPlaces(0);
    const bytes = await fetch(`${url}/v1/widget/${inboxId}/attachments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${slow.token}`, 'Content-Type': 'application/octet-stream' },
      body: text('halo'),
    });
    assert.equal(bytes.status, 201);
  });

  /** Starts a request for a file whose response is not read. */
  async function openDownload(t: TestContext, { inboxId, token }: Sender, id: string) {
    const call = request(`${url}/v1/widget/${inboxId}/attachments/${id}`, {
      headers: { Authorization: `Bearer ${token}` },
    }).end();
    t.after(() => call.destroy());
    call.on('error', () => {});
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.on('error', () => {});
    response.pause();
    return response;
  }

  /** Resolves when a response is closed, complete or not. */
  const closeOf = (response: IncomingMessage) => new Promise((resolve) => response.once('close', resolve));

  test('stalled readers hold few places and little memory, and are disconnected', async (t) => {
    const sender = await createSender(host, inboxId);
    const size = 9 * KIB * KIB;
    const { id } = await upload(host, sender, file(size));
    const before = counted.counts.get('readAttachmentChunk') ?? 0;
    const open = [];
    for (let each = 0; each < readers; each++) open.push(await openDownload(t, sender, id));
    const refused = await openDownload(t, sender, id);
    assert.deepEqual([refused.statusCode, refused.headers['retry-after']], [429, '2']);
    // The buffers of a connection hold some chunks. The whole file has 144.
    const read = (counted.counts.get('readAttachmentChunk') ?? 0) - before;
    assert.ok(read < readers * 120, `${read} chunks were read for ${readers} readers who take nothing`);
    const closed = open.map(closeOf);
    timers.pass(31_000);
    for (const response of open) response.resume();
    await Promise.all(closed);
    assert.ok(open.every((response) => !response.complete));
    await untilPlaces(0);
    const whole = await openDownload(t, sender, id);
    let received = 0;
    for await (const chunk of whole) received += (chunk as Buffer).length;
    assert.equal(received, size);
    await untilPlaces(0);
  });

  test('concurrent readers of one file query the database for one chunk at a time', async (t) => {
    const [sender, honest] = [await createSender(host, inboxId), await createSender(host, inboxId)];
    const { id } = await upload(host, sender, file(4 * KIB * KIB));
    const order: string[] = [];
    const reading = Array.from({ length: readers }, async () => {
      const response = await openDownload(t, sender, id);
      await closeOf(response.resume());
      order.push('file');
    });
    await honest.message('halo');
    order.push('turn');
    await Promise.all(reading);
    assert.equal(order[0], 'turn', 'a turn does not wait for the files');
    assert.equal(counted.peak(), 1);
  });

  test('erasing a visitor during an upload or a download leaves no part of the file', async (t) => {
    const sender = await createSender(host, inboxId);
    const { id } = await upload(host, sender, file(9 * KIB * KIB));
    const reading = await openDownload(t, sender, id);
    const half = slowUpload(t, sender);
    await untilPlaces(2);
    const path = `/v1/widget/${inboxId}/visitor`;
    assert.equal((await host.call(path, { method: 'DELETE', token: sender.token })).status, 204);
    const closed = closeOf(reading);
    reading.resume();
    await closed;
    assert.ok(!reading.complete, 'the rest of the file is not there any more');
    half.call.end(Buffer.alloc(999_999, 'x'));
    assert.deepEqual(await half.answered, { status: 401, code: 'unauthenticated' });
    await untilPlaces(0);
  });
});

test('the default limits allow typical use', async () => {
  const host = await createTestHost({ limits: {} });
  try {
    const { inboxId } = await host.workspace();
    const sender = await createSender(host, inboxId);
    const half = file(5 * KIB * KIB);
    const before = [];
    for (let each = 0; each < 3; each++) before.push(await upload(host, sender, half));
    assert.deepEqual(
      before.map(({ status }) => status),
      [201, 201, 413],
      'two files and 10 MiB before the first turn',
    );
    await sendFiles(sender, before[0]!.id, before[1]!.id);
    const largest = file(10 * KIB * KIB);
    for (let each = 0; each < 3; each++)
      assert.equal((await upload(host, sender, largest)).status, 201, 'files of 10 MiB after it');
  } finally {
    await host.close();
  }
});
