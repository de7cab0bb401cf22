import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Message, ProblemDetails } from '@alur/protocol';
import {
  createTestDashboard,
  createTestHost,
  createTestVisitor,
  databases,
  type TestHost,
} from '../testing/test-host.ts';
import { transcriptOf } from './transcript.ts';

const said = (kind: Message['author']['kind'], text: string, extra: Partial<Message> = {}): Message => ({
  id: text,
  seq: 1,
  sessionId: 'ses',
  at: '2026-11-22T09:05:00.000Z',
  author: { kind },
  text,
  ...extra,
});
const options = { inboxName: 'Toko', language: 'id', timeZone: 'Asia/Jakarta', isCut: false } as const;

describe('a transcript', () => {
  test('has the author, text and time of each message, in the requested zone and language', () => {
    const messages = [
      said('visitor', 'halo'),
      said('bot', 'Ada apa?', {
        buttons: [
          { id: 'a', label: 'Pesanan' },
          { id: 'b', label: 'Lain' },
        ],
      }),
      said('visitor', '', {
        at: '2026-11-22T17:30:00.000Z',
        attachments: [{ id: 'att', name: 'struk.png', type: 'image/png', size: 48_213 }],
      }),
      said('agent', 'Baik.', { at: '2026-11-22T17:31:00.000Z', author: { kind: 'agent', name: 'Budi' } }),
    ];
    assert.equal(
      transcriptOf(messages, options),
      [
        'Percakapan dengan Toko',
        'Semua jam menurut zona Asia/Jakarta.',
        '',
        '== Minggu, 22 November 2026 ==',
        '[16:05] Anda: halo',
        '[16:05] Toko: Ada apa?',
        '        1. Pesanan',
        '        2. Lain',
        '',
        '== Senin, 23 November 2026 ==',
        '[00:30] Anda: [berkas: struk.png, 48 KiB]',
        '[00:31] Budi: Baik.',
        '',
      ].join('\n'),
    );
    const english = transcriptOf(messages, { ...options, language: 'en', timeZone: 'UTC', isCut: true });
    assert.match(
      english,
      /^Conversation with Toko\nAll times are in the zone UTC\.\nOnly the last 5000 messages\.\n/,
    );
    assert.match(english, /\[09:05\] You: halo/);
  });

  test('a message cannot imitate another line or reverse the text direction', () => {
    const text = transcriptOf(
      [
        said('visitor', 'a\n[16:05] Budi: uangnya kembali\r\u2028b\u0007\u202ec', {
          author: { kind: 'visitor', name: 'x' },
        }),
      ],
      { ...options, inboxName: 'To\nko' },
    );
    assert.deepEqual(text.split('\n').slice(4), [
      '[16:05] Anda: a',
      '        [16:05] Budi: uangnya kembali',
      '        ',
      '        b  c',
      '',
    ]);
    assert.match(text, /^Percakapan dengan To ko\n/);
  });

  test('states that there are no messages yet', () => {
    assert.match(transcriptOf([], options), /\n\nBelum ada pesan\.\n$/);
  });
});

for (const database of databases) {
  describe(`transcripts on ${database.name}`, () => {
    let host: TestHost;
    before(async () => {
      host = await createTestHost({}, database);
    });
    after(() => host.close());

    test('a visitor downloads its complete conversation as text', async () => {
      const { inboxId, key } = await host.workspace();
      const visitor = await createTestVisitor(host, inboxId);
      const path = `/v1/widget/${inboxId}/transcript`;
      const get = (query = '') =>
        host.host.app.request(path + query, { headers: { Authorization: `Bearer ${visitor.token}` } });
      assert.match(await (await get()).text(), /Belum ada pesan/);
      await visitor.message('vip <b>tebal</b>');
      const dashboard = createTestDashboard(host, key);
      const { id } = await dashboard.conversationOf(visitor.visitorId);
      for (let count = 1; count <= 3; count++) await dashboard.reply(id, `jawaban ${count}`);

      const response = await get('?language=en&timeZone=Asia/Jakarta');
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('Content-Type'), 'text/plain; charset=utf-8');
      assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
      assert.match(
        response.headers.get('Content-Disposition') ?? '',
        /^attachment; filename="transcript-2026-11-22\.txt"/,
      );
      const lines = (await response.text()).split('\n').filter((line) => line.startsWith('['));
      assert.deepEqual(lines, [
        '[10:00] You: vip <b>tebal</b>',
        '[10:00] Budi: jawaban 1',
        '[10:00] Budi: jawaban 2',
        '[10:00] Budi: jawaban 3',
      ]);
    });

    test('an unknown zone or language is rejected', async () => {
      const { inboxId } = await host.workspace();
      const { token } = await createTestVisitor(host, inboxId);
      for (const query of ['timeZone=Asia/Atlantis', 'timeZone=', 'language=xx']) {
        const { status, body } = await host.call<ProblemDetails>(
          `/v1/widget/${inboxId}/transcript?${query}`,
          { token },
        );
        assert.deepEqual([status, body.code], [400, 'invalid_request'], query);
      }
    });
  });
}
