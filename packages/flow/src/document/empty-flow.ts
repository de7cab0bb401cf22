import { FLOW_FORMAT, type Flow } from './flow.ts';

/** A new flow with nothing but its start card: legal to keep, not yet to go live. */
export function emptyFlow({ id, name, timeZone }: Pick<Flow, 'id' | 'name' | 'timeZone'>): Flow {
  return { format: FLOW_FORMAT, id, name, timeZone, cards: { start: { kind: 'start', next: [] } } };
}
