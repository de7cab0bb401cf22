import { FLOW_FORMAT, type Flow } from './flow.ts';

/** Returns a new flow with only a start card. It can be saved but not go live. */
export function emptyFlow({ id, name, timeZone }: Pick<Flow, 'id' | 'name' | 'timeZone'>): Flow {
  return { format: FLOW_FORMAT, id, name, timeZone, cards: { start: { kind: 'start', next: [] } } };
}
