/** Fetched when two people have changed the same flow, which is rare. */
export { mergeFlow } from '@alur/flow';
