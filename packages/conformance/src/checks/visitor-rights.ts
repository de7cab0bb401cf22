/** The transcript that a visitor can request, and what remains after a visitor is erased. */
import { check, type Kit } from '../kit/check.ts';
import { expectEqual, expectProblem, expectStatus, expectThat, showAnswer, Unmet } from '../kit/expect.ts';
import { keepFile, PICTURE, takesFiles } from '../kit/files.ts';
import { uuid7 } from '../kit/ids.ts';
import type { Visitor } from '../kit/visitor.ts';
import { atDesk } from './turns.ts';

/** Returns a text that only this visitor can have written. */
const secret = (): string => `rahasia${uuid7().slice(-12)}`;

interface Left {
  visitor: Visitor;
  conversationId: string;
  /** The text that the visitor wrote, in several places. */
  word: string;
}

/** Returns a visitor with data in every place. */
async function talkative(kit: Kit): Promise<Left> {
  const visitor = await atDesk(kit);
  const word = secret();
  await visitor.say(`halo ${word}`, { facts: { visitor: { name: word, attributes: { plan: word } } } });
  await visitor.press('ask', 'order');
  const { id } = await kit.account.conversationOf(visitor.id);
  await kit.account.reply(id, `Halo ${word}.`);
  await visitor.call('rateSession', {
    body: { id: uuid7(), session: visitor.session, score: 3, comment: word },
  });
  return { visitor, conversationId: id, word };
}

async function erase(visitor: Visitor): Promise<void> {
  expectStatus(await visitor.call('eraseVisitor'), 204, 'eraseVisitor');
}

export const visitorRightsChecks = [
  check(
    'transcript/text',
    'getTranscript',
    'a transcript is plain text to save: who said what',
    async (kit) => {
      const visitor = await atDesk(kit);
      await visitor.say('halo <b>dunia</b>');
      const { id } = await kit.account.conversationOf(visitor.id);
      await kit.account.reply(id, 'Saya bantu, ya.');
      const answer = await visitor.call('getTranscript', {
        query: { language: 'en', timeZone: 'Asia/Jakarta' },
      });
      expectStatus(answer, 200, 'getTranscript');
      expectEqual(answer.type, 'text/plain', 'content type');
      expectThat(
        (answer.headers.get('content-disposition') ?? '').startsWith('attachment'),
        'Content-Disposition attachment',
        answer.headers.get('content-disposition'),
      );
      expectEqual(answer.headers.get('x-content-type-options'), 'nosniff', 'X-Content-Type-Options');
      const { name } = kit.account.agents[0]!;
      for (const words of ['halo <b>dunia</b>', 'Saya bantu, ya.', name])
        expectThat(answer.text.includes(words), `the text holds ${JSON.stringify(words)}`, answer.text);
      const order = ['halo <b>dunia</b>', 'Saya bantu, ya.'].map((words) => answer.text.indexOf(words));
      expectThat(order[0]! < order[1]!, 'what was said first stands first', answer.text);
      const other = await kit.visitor();
      const nothing = await other.call('getTranscript');
      expectStatus(nothing, 200, 'getTranscript before the first message');
      expectThat(!nothing.text.includes('dunia'), "nothing of another visitor's", nothing.text);
      for (const query of [{ timeZone: 'Asia/Atlantis' }, { language: 'xx' }])
        expectProblem(
          await visitor.call('getTranscript', { query }),
          400,
          'invalid_request',
          JSON.stringify(query),
        );
    },
  ),
  check(
    'erase/gone',
    'eraseVisitor',
    'nothing that the visitor said is left for anybody, and agents see why',
    async (kit) => {
      const { visitor, conversationId, word } = await talkative(kit);
      const before = await kit.account.conversation(conversationId);
      const said = await kit.account.log(conversationId);
      await erase(visitor);
      const after = await kit.account.conversation(conversationId);
      const log = await kit.account.log(conversationId);
      const all = JSON.stringify([after, log]);
      expectThat(!all.includes(word), 'the conversation and its log without what the visitor said', all);
      expectEqual(
        log.filter(({ type }) => ['message', 'rating', 'path', 'run'].includes(type)),
        [],
        'messages, ratings, paths and runs in the log',
      );
      expectThat(
        log.some(({ type }) => type === 'erased'),
        'an erased event',
        log.map(({ type }) => type),
      );
      expectEqual(
        [after.visitor.erased, after.status, after.lastMessage, after.rating],
        [true, 'resolved', null, undefined],
        'visitor.erased, status, lastMessage, rating',
      );
      expectEqual(
        [after.labelIds, after.handler],
        [before.labelIds, before.handler],
        'labels and handler, which are the account’s own',
      );
      expectThat(
        after.seq > before.seq && log.every(({ seq }) => seq > before.seq),
        'numbers that go on',
        log.map(({ seq }) => seq),
      );
      const late = await kit.host.call('listConversationEvents', {
        path: { conversationId },
        query: { after: said.at(-1)!.cursor },
      });
      expectProblem(late, 410, 'cursor_expired', 'a cursor from before');
    },
  ),
  check(
    'erase/tokens',
    'eraseVisitor',
    'the visitor’s tokens are of no use any more; erasing again is no error',
    async (kit) => {
      const { visitor, word } = await talkative(kit);
      const turn = visitor.message('lagi');
      await erase(visitor);
      const wrong: string[] = [];
      for (const [operation, body] of [
        ['getVisitorConversation'],
        ['listVisitorEvents'],
        ['getTranscript'],
        ['submitTurn', turn],
        ['markVisitorRead', { seq: 1 }],
        ['sendVisitorTyping'],
        ['rateSession', { id: uuid7(), session: visitor.session, score: 1 }],
        ['endSession', { id: uuid7(), session: visitor.session }],
      ] as const) {
        const answer = await visitor.call(operation, body ? { body } : {});
        if (answer.status !== 401) wrong.push(`${operation}: ${showAnswer(answer)}`);
      }
      if (wrong.length > 0) throw new Unmet('401 from every operation of the visitor', wrong.join('; '));
      const refreshed = await kit.host.call('refreshVisitor', {
        path: { inboxId: visitor.inboxId },
        body: { refreshToken: visitor.tokens.refreshToken },
      });
      expectProblem(refreshed, 401, ['unauthenticated', 'token_expired'], 'refreshVisitor');
      await erase(visitor);
      const fresh = await atDesk(kit);
      await fresh.say('halo');
      expectThat(
        !JSON.stringify(await fresh.snapshot()).includes(word),
        'nothing of the erased one for a new visitor',
        await fresh.snapshot(),
      );
    },
  ),
  check('erase/streams', 'streamVisitorEvents', 'an open stream is sent reset, and ends', async (kit) => {
    const { visitor } = await talkative(kit);
    const stream = await visitor.stream();
    try {
      await stream.until(({ event }) => event === 'hello', 'hello');
      await erase(visitor);
      await stream.until(({ event }) => event === 'reset', 'reset');
      expectThat(
        !stream.frames.some(({ data }) => data.includes('"erased"')),
        'no erased event for visitors',
        stream.frames,
      );
    } finally {
      stream.close();
    }
  }),
  check(
    'erase/others',
    'eraseVisitor',
    'no other visitor is affected, and a visitor who never wrote leaves nothing',
    async (kit) => {
      const [quiet, other] = [await atDesk(kit), await kit.visitor()];
      await other.say('halo');
      const before = await kit.account.conversationOf(other.id);
      await erase(quiet);
      expectEqual(
        (await kit.account.conversation(before.id)).seq,
        before.seq,
        "seq of another's conversation",
      );
      expectEqual((await other.snapshot()).messages[0]?.text, 'halo', "another's message");
      const listed = await kit.host.call('listConversations', {
        query: { inboxId: kit.account.inbox.id, limit: 50 },
      });
      expectThat(!listed.text.includes(quiet.id), 'no conversation of who never wrote', quiet.id);
    },
  ),
  check('erase/files', 'eraseVisitor', 'files go with the visitor', async (kit) => {
    const visitor = await atDesk(kit);
    if (!(await takesFiles(visitor))) return;
    const { id } = await keepFile(visitor, PICTURE);
    const turn = visitor.message('');
    await visitor.take({ ...turn, input: { ...turn.input, attachments: [{ id }] } });
    const conversation = await kit.account.conversationOf(visitor.id);
    await erase(visitor);
    const answer = await kit.host.call('getConversationAttachment', {
      path: { conversationId: conversation.id, attachmentId: id },
    });
    expectProblem(answer, 404, 'not_found', 'the file for an agent');
  }),
];
