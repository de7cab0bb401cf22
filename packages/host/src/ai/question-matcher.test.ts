import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AiReplyContext } from '../operations/jobs.ts';
import { createQuestionMatcher } from './question-matcher.ts';

const questions = [
  {
    question: 'Bagaimana cara melacak pesanan saya?',
    alternatives: ['pesanan saya sudah sampai mana'],
    answer: 'lacak',
  },
  { question: 'Berapa ongkos kirim?', alternatives: ['biaya pengiriman'], answer: 'ongkir' },
  {
    question: 'Bagaimana cara mengembalikan barang?',
    alternatives: ['refund', 'retur barang rusak'],
    answer: 'retur',
  },
  {
    question: 'Metode pembayaran apa saja yang tersedia?',
    alternatives: ['bisa bayar pakai QRIS?'],
    answer: 'bayar',
  },
  { question: 'Jam berapa toko buka?', answer: 'buka' },
];

/** The tests share one thread. */
const matcher = createQuestionMatcher();

async function ask(text: string, change: Partial<AiReplyContext> = {}) {
  return matcher.answer(
    {
      aiAgent: {
        id: 'ai',
        name: 'Alya',
        language: 'id',
        instructions: '',
        fallback: null,
        clarification: null,
        questions,
      },
      history: [{ author: 'visitor', text }],
      visitorId: 'v',
      canHandOver: true,
      ...change,
    },
    new AbortController().signal,
  );
}

test('a question is recognized in other words, shortened, and with a typo', async () => {
  for (const [text, answer] of [
    ['Bagaimana cara melacak pesanan saya?', 'lacak'],
    ['Pesanan', 'lacak'],
    ['paket pesanan saya sampai mana ya kak?', 'lacak'],
    ['mau lacak pesnan', 'lacak'],
    ['ONGKOS KIRIM BERAPA', 'ongkir'],
    ['biaya pengirimannya berapa?', 'ongkir'],
    ['barangnya rusak mau retur', 'retur'],
    ['bisa refund?', 'retur'],
    ['bayar pakai qris bisa?', 'bayar'],
    ['toko buka jam berapa', 'buka'],
  ] as const)
    assert.deepEqual(await ask(text), { text: answer, handOver: false }, text);
});

test('a question that is not in the list gets no answer', async () => {
  for (const text of ['apakah kucing bisa terbang', 'siapa presiden pertama', 'asdf qwer zxcv', '???', '']) {
    const { text: said, handOver } = await ask(text);
    assert.ok(!questions.some(({ answer }) => answer === said), text);
    assert.equal(handOver, false, text);
  }
});

test('a visitor who asks for an agent is handed over if there is one', async () => {
  for (const text of [
    'Saya mau bicara dengan manusia',
    'hubungkan ke CS dong',
    'I want to talk to a human',
    'admin?',
  ])
    assert.equal((await ask(text)).handOver, true, text);
  assert.equal((await ask('manusia', { canHandOver: false })).handOver, false);
});

test('a greeting and thanks are answered without handing over', async () => {
  for (const text of ['Halo kak', 'selamat pagi', 'Terima kasih!', 'ok makasih'])
    assert.equal((await ask(text)).handOver, false, text);
});

test('without an answer it asks back once, and hands over the second time', async () => {
  const label = 'Hal lain & saran';
  const first = await ask(label);
  assert.deepEqual(first, {
    text: `Tentu, soal “${label}”. Apa yang ingin Kakak tanyakan?`,
    handOver: false,
    isUnsure: true,
  });
  const history = [
    { author: 'visitor', text: label },
    { author: 'ai', text: String(first.text) },
    { author: 'visitor', text: 'apakah kucing bisa terbang' },
  ] as const;
  assert.equal((await ask('', { history: [...history] })).handOver, true);
  assert.equal((await ask('', { history: [...history], canHandOver: false })).handOver, false);
  const answered = [...history.slice(0, 2), { author: 'visitor', text: 'berapa ongkir kirim' }] as const;
  assert.deepEqual(await ask('', { history: [...answered] }), { text: 'ongkir', handOver: false });
  const later = [...answered, { author: 'ai', text: 'ongkir' }, { author: 'visitor', text: 'xyz' }] as const;
  assert.equal((await ask('', { history: [...later] })).handOver, false, 'the two were not in a row');
});
