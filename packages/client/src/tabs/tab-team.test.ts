import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { fakeRuntime } from '../testing/fake-runtime.ts';
import { TabTeam, type TabTeamOptions } from './tab-team.ts';

type Message = { kind: 'greeting'; text: string };
type State = { name: string };

/** Creates tabs of one browser, without Web Locks. */
function setUp(t: { after(action: () => void): void }) {
  const runtime = fakeRuntime();
  const storage = createMemoryStorage();
  return (name: string, changes: Partial<TabTeamOptions<Message, State>> = {}) => {
    let onLeaderAnswered!: (state: State) => void;
    let onMessage!: (message: Message) => void;
    const answer = new Promise<State>((resolve) => (onLeaderAnswered = resolve));
    const message = new Promise<Message>((resolve) => (onMessage = resolve));
    const team = new TabTeam<Message, State>({
      name: 'tab-team.test',
      runtime,
      locks: undefined,
      storage: async () => storage,
      onMessage,
      onAsked: () => ({ name }),
      onLeaderAnswered,
      onLead() {},
      ...changes,
    });
    t.after(() => {
      team.leave();
      team.close();
    });
    return { team, runtime, answer, message };
  };
}

test('the leader sends its state to a tab that loses leadership', async (t) => {
  const add = setUp(t);
  const first = add('first');
  const second = add('second');
  first.team.join();
  second.team.join();
  await first.runtime.pass(0);
  assert.deepEqual([first.team.leading, second.team.leading], [true, false]);
  second.team.leave();
  assert.equal((await second.answer).name, 'first');
});

test('a message reaches the other tabs, and a team without shared storage sends and receives none', async (t) => {
  const add = setUp(t);
  const alone = add('alone', { isShared: false, onMessage: () => assert.fail('received a message') });
  const other = add('other');
  alone.team.post({ kind: 'greeting', text: 'not sent' });
  add('sender').team.post({ kind: 'greeting', text: 'sent' });
  assert.deepEqual(await other.message, { kind: 'greeting', text: 'sent' });
});
