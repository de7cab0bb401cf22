/** Lazy part with the inspector and its fields. */
export { FlowKeywords } from '../flow-keywords/flow-keywords.ts';
export { FlowPicker } from '../flow-picker/flow-picker.ts';
export { FlowInspector } from './flow-inspector.ts';
