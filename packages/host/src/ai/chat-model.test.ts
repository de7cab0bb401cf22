import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { AiReplyContext } from '../operations/jobs.ts';
import { createChatModel } from './chat-model.ts';

const context: AiReplyContext = {
  aiAgent: {
    id: 'ai',
    name: 'Alya',
    language: 'id',
    instructions: 'Sopan.',
    fallback: null,
    clarification: null,
    questions: [{ question: 'Jam buka?', answer: 'Pukul 9.' }],
  },
  history: [
    { author: 'bot', text: 'Halo!' },
    { author: 'visitor', text: 'jam berapa buka?' },
  ],
  visitorId: 'v',
  canHandOver: true,
};

function modelThatSays(content: unknown, status = 200) {
  const calls: { url: string; init: RequestInit }[] = [];
  const model = createChatModel({
    url: 'https://ai.example/v1/',
    key: 'secret',
    model: 'm',
    fetch: (async (url: string, init: RequestInit) => {
      calls.push({ url, init });
      return new Response(JSON.stringify({ choices: [{ message: { content } }] }), { status });
    }) as typeof fetch,
  });
  return { calls, answer: () => model.answer(context, new AbortController().signal) };
}

test('the model receives its instructions, its questions and the conversation', async () => {
  const { calls, answer } = modelThatSays(' Pukul 9. ');
  assert.deepEqual(await answer(), { text: 'Pukul 9.', handOver: false });
  assert.equal(calls[0]?.url, 'https://ai.example/v1/chat/completions');
  assert.equal(new Headers(calls[0]?.init.headers).get('Authorization'), 'Bearer secret');
  const { messages } = JSON.parse(String(calls[0]?.init.body)) as {
    messages: { role: string; content: string }[];
  };
  assert.deepEqual(
    messages.map(({ role }) => role),
    ['system', 'assistant', 'user'],
  );
  assert.match(messages[0]?.content ?? '', /Sopan[\s\S]*Jam buka\?[\s\S]*Pukul 9/);
});

test('it hands over on request of the model, and only if there is an agent', async () => {
  assert.equal((await modelThatSays('HANDOVER').answer()).handOver, true);
  const alone = createChatModel({
    url: 'https://ai.example',
    model: 'm',
    fetch: (async () => Response.json({ choices: [{ message: { content: 'HANDOVER' } }] })) as typeof fetch,
  });
  const answer = await alone.answer({ ...context, canHandOver: false }, new AbortController().signal);
  assert.equal(answer.handOver, false);
  assert.doesNotMatch(answer.text ?? '', /HANDOVER/);
});

test('without an answer it first asks back without handing over', async () => {
  const { text, handOver, isUnsure } = await modelThatSays('UNKNOWN.').answer();
  assert.match(text ?? '', /“jam berapa buka\?”/);
  assert.deepEqual([handOver, isUnsure], [false, true]);
});

test('an error, an empty answer and an invalid answer are failures', async () => {
  for (const model of [modelThatSays('x', 500), modelThatSays(''), modelThatSays(null), modelThatSays(7)])
    await assert.rejects(model.answer());
});

test('an endless response is aborted at 1 MiB', async (t) => {
  let sent = 0;
  const piece = Buffer.alloc(64 * 1024, 'x');
  const server = createServer((_request, response) => {
    const write = () => {
      while (!response.destroyed && response.write(piece)) sent += piece.length;
    };
    response.on('drain', write).writeHead(200, { 'Content-Type': 'application/json' });
    write();
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const gone = new Promise<void>((resolve) => {
    server.once('connection', (socket) => socket.once('error', () => {}).once('close', () => resolve()));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const model = createChatModel({ url, model: 'm' });
  await assert.rejects(model.answer(context, new AbortController().signal), /more than 1024 KiB/);
  await gone;
  assert.ok(sent < 60 * 1024 * 1024, `${sent} bytes were taken`);
});
