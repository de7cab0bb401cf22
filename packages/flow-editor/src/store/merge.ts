/** Lazy module. Loaded only for a conflict, which is rare. */
export { mergeFlow } from '@alur/flow';
