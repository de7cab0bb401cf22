import assert from 'node:assert/strict';
import { parseFlow } from '../document/parse-flow.ts';
import type { Flow } from '../document/flow.ts';
import type { Edit } from '../edit/edit.ts';
import { applyChange, type FlowChange } from '../edit/flow-change.ts';
import { deepFreeze } from './deep-freeze.ts';

/**
 * Asserts the invariants of every change and returns the document after it. The result parses. The inverse
 * restores the document byte for byte, and the inverse of that repeats the change. The change survives JSON,
 * gives the same result each time, and mutates nothing.
 */
export function checkChange(flow: Flow, edit: Edit | null): Flow {
  assert.ok(edit, 'the edit makes no sense here');
  const before = JSON.stringify(flow);
  deepFreeze(flow);
  deepFreeze(edit.change);
  const after = apply(flow, edit.change);
  assert.deepEqual(parseFlow(after.flow), { ok: true, flow: after.flow });
  assert.ok(Object.hasOwn(after.flow.cards, edit.cardId), `card in hand "${edit.cardId}" is there`);

  const restored = apply(after.flow, after.inverse);
  assert.equal(JSON.stringify(restored.flow), before);
  assert.equal(JSON.stringify(apply(restored.flow, restored.inverse).flow), JSON.stringify(after.flow));

  const sent = JSON.parse(JSON.stringify(edit.change)) as FlowChange;
  assert.deepEqual(sent, edit.change);
  assert.equal(JSON.stringify(apply(flow, sent).flow), JSON.stringify(after.flow));
  assert.equal(JSON.stringify(flow), before);
  return after.flow;
}

function apply(flow: Flow, change: FlowChange) {
  const result = applyChange(flow, change);
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.problems));
  return result;
}
