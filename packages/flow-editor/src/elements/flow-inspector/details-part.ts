/** The details of a card and the fields in them: one download. */
export { FlowKeywords } from '../flow-keywords/flow-keywords.ts';
export { FlowPicker } from '../flow-picker/flow-picker.ts';
export { FlowInspector } from './flow-inspector.ts';
