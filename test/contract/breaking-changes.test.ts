import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readContract, type Node } from '@alur/conformance/contract';
import { breakingChanges } from './breaking-changes.ts';

const contract = await readContract(new URL(import.meta.resolve('@alur/protocol/openapi.yaml')));

/** Returns a copy of the contract with a change at a path of keys. */
function changed(path: string, change: (parent: Node, key: string) => void): Node {
  const copy = structuredClone(contract);
  const keys = path.split(' ');
  const last = keys.pop()!;
  const parent = keys.reduce<unknown>((at, key) => (at as Node)[key], copy);
  assert.equal(typeof parent, 'object', `the contract has no ${keys.join(' ')}`);
  change(parent as Node, last);
  return copy;
}

const set =
  (value: unknown) =>
  (parent: Node, key: string): void =>
    void (parent[key] = value);
const remove = (parent: Node, key: string): void => {
  assert.ok(key in parent, `there is no ${key} to remove`);
  delete parent[key];
};
const push =
  (value: unknown) =>
  (parent: Node, key: string): void =>
    void (parent[key] as unknown[]).push(value);
const without =
  (value: unknown) =>
  (parent: Node, key: string): void => {
    const list = parent[key] as unknown[];
    assert.ok(list.includes(value), `${key} has no ${String(value)}`);
    parent[key] = list.filter((one) => one !== value);
  };

const turns = 'paths /v1/widget/{inboxId}/turns post';
const schemas = 'components schemas';

describe('a breaking change is reported with its place', () => {
  for (const [what, path, change, expected] of [
    ['an operation that is gone', turns, remove, /turns: is gone/],
    ['a path that is gone', 'paths /v1/live', remove, /GET \/v1\/live: is gone/],
    ['another operation id', `${turns} operationId`, set('postTurn'), /is called postTurn/],
    ['another token', `${turns} security`, set([{ dashboardToken: [] }]), /wants the token/],
    [
      'a parameter that is gone',
      'components parameters After name',
      set('since'),
      /parameter query after is gone/,
    ],
    [
      'a parameter that has become required',
      'components parameters Cursor required',
      set(true),
      /has become required/,
    ],
    ['a narrower parameter', 'components parameters Limit schema maximum', set(50), /maximum is 50/],
    [
      'another status',
      `${turns} responses`,
      (parent: Node, key: string) => set({ '202': {} })(parent, key),
      /no longer answers 200/,
    ],
    ['a status more', `${turns} responses 202`, set({ description: 'later' }), /may also answer 202/],
    [
      'a header that is gone',
      'paths /v1/flows/{flowId} get responses 200 headers ETag',
      remove,
      /header ETag is gone/,
    ],
    [
      'another content type',
      'paths /v1/live get responses 200 content',
      set({ 'application/json': { schema: {} } }),
      /no longer text\/event-stream/,
    ],
    [
      'a member more that must be sent',
      `${schemas} Turn required`,
      push('sentAt'),
      /Turn \(request\): member sentAt has become required/,
    ],
    [
      'a shorter text',
      `${schemas} MessageInput properties text maxLength`,
      set(2000),
      /maxLength is 2000, was 4000/,
    ],
    ['a new lower bound', `${schemas} MessageInput properties text minLength`, set(1), /minLength is 1/],
    ['another pattern', `${schemas} Id pattern`, set('^[a-z]+$'), /Id \(request\): pattern/],
    [
      'a kind of input less',
      `${schemas} VisitorInput oneOf`,
      (parent: Node, key: string) => (parent[key] as unknown[]).pop(),
      /no longer takes PressInput/,
    ],
    [
      'unknown members refused',
      `${schemas} Turn additionalProperties`,
      set(false),
      /no longer takes unknown members/,
    ],
    [
      'an answer that loses a member',
      `${schemas} TurnResult properties verdict`,
      remove,
      /member verdict is gone/,
    ],
    [
      'a member that may be missing',
      `${schemas} TurnResult required`,
      without('cursor'),
      /member cursor may be missing/,
    ],
    [
      'another type',
      `${schemas} TurnResult properties seq type`,
      set('string'),
      /TurnResult \(answer\).seq: type/,
    ],
    [
      'null where there was none',
      `${schemas} TurnResult properties cursor type`,
      set(['string', 'null']),
      /cursor: type/,
    ],
    [
      'a value more in an answer',
      `${schemas} TurnResult properties verdict enum`,
      push('unsure'),
      /may also be unsure/,
    ],
    [
      'a status of conversations more',
      `${schemas} ConversationStatus enum`,
      push('spam'),
      /ConversationStatus \(answer\): may also be spam/,
    ],
    [
      'a status of conversations less',
      `${schemas} ConversationStatus enum`,
      without('open'),
      /ConversationStatus \(request\): no longer takes open/,
    ],
    [
      'a member of a base that is gone',
      `${schemas} EventBase properties cursor`,
      remove,
      /member cursor is gone/,
    ],
  ] as [string, string, (parent: Node, key: string) => void, RegExp][])
    test(what, () => {
      const found = breakingChanges(contract, changed(path, change));
      assert.ok(
        found.some((line) => expected.test(line)),
        `found only ${JSON.stringify(found)}`,
      );
    });
});

describe('a compatible change is allowed', () => {
  for (const [what, path, change] of [
    ['nothing', 'info version', set('1.0.1')],
    ['a new operation', 'paths /v1/new', set({ get: { operationId: 'getNew', responses: {} } })],
    ['an optional member of a request', `${schemas} Turn properties locale`, set({ type: 'string' })],
    ['a member that need not be sent any more', `${schemas} Turn required`, without('seq')],
    ['a member of an answer', `${schemas} TurnResult properties took`, set({ type: 'integer' })],
    ['a longer text', `${schemas} MessageInput properties text maxLength`, set(8000)],
    ['a problem code', `${schemas} ProblemCode enum`, push('teapot')],
    ['a format of flows', `${schemas} FlowFormat enum`, push('alur.flow/9')],
    [
      'an event type',
      `${schemas} Event oneOf`,
      push({ type: 'object', properties: { type: { const: 'rating' } } }),
    ],
    [
      'a problem that may also be answered',
      `${turns} responses 410`,
      set({ $ref: '#/components/responses/CursorExpired' }),
    ],
    [
      'an optional parameter',
      'paths /v1/flows get parameters',
      push({ name: 'q', in: 'query', schema: { type: 'string' } }),
    ],
    ['another description', `${turns} summary`, set('Send')],
  ] as [string, string, (parent: Node, key: string) => void][])
    test(what, () => {
      assert.deepEqual(breakingChanges(contract, changed(path, change)), []);
    });
});
