import assert from 'node:assert/strict';
import { attackTrials } from '../harness/attack-trials.ts';
import { ATTACK_INBOX, attackWorkspace } from '../harness/measure-attack.ts';
import { count as said, type Row } from '../row.ts';

const questions = Array.from({ length: 100 }, (_, number) => ({
  question: `Bagaimana cara melacak pesanan nomor ${number} yang dikirim ke kota ${number * 7}?`,
  answer: `Jawaban ${number}.`,
}));

const workspace = attackWorkspace(
  {
    start: { kind: 'start', next: ['ai'] },
    ai: { kind: 'assign-ai', aiAgentId: 'ai_attack', agentIds: [], next: [] },
  },
  {
    aiAgents: [{ id: 'ai_attack', name: 'AI', questions }],
    inboxes: [
      {
        id: ATTACK_INBOX,
        name: 'Attack',
        type: 'web-livechat',
        flow: 'flow_attack',
        aiAgentId: 'ai_attack',
      },
    ],
  },
);

export const longQuestions: Row = {
  number: 43,
  fault: 'Questions of 4,000 characters to an AI agent that knows 100',
  expected: 'the comparison does not slow other visitors',
  pass: 'p95 of others at most twice as long, or 50 ms; no error',
  elsewhere: [
    {
      file: 'packages/host/src/ai/question-thread.test.ts',
      test: 'the event loop is not blocked while a long question is compared with hundreds of known ones',
    },
  ],
  trials: attackTrials({
    attack: 'long-questions.ts',
    unit: 'seconds of questions by ten visitors',
    workspaces: [workspace],
    check({ figures, counts, operations }, seconds) {
      assert.ok((counts['questions'] ?? 0) > 5 * seconds, figures);
      assert.ok(operations('finishAiReply') > 0, 'the AI agent answers');
      return `${said(operations('finishAiReply'))} answers`;
    },
  }),
};
