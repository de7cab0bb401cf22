/**
 * Classes, events and types of `@alur/flow-editor`, without side effects. `@alur/flow-editor/define`
 * registers the elements.
 */
export type {
  DirectoryAgent,
  DirectoryAiAgent,
  DirectoryLabel,
  DirectoryTeam,
  FlowDirectory,
} from './directory.ts';
export { FlowEditor } from './elements/flow-editor/flow-editor.ts';
export type { FlowListItem } from './elements/flow-list/flow-list-item.ts';
export { FlowList } from './elements/flow-list/flow-list.ts';
export type { FlowKinds } from './kinds/custom-kinds.ts';
export { InboxFlow, type InboxWithFlow, type SelectableFlow } from './elements/inbox-flow/inbox-flow.ts';
export {
  AnsweredEvent,
  FlowChangeEvent,
  FlowCreateEvent,
  FlowDeleteEvent,
  FlowDuplicateEvent,
  FlowErrorEvent,
  FlowExportEvent,
  FlowImportEvent,
  FlowOpenEvent,
  FlowRenameEvent,
  FlowSaveEvent,
  FlowSelectEvent,
  InboxFlowUpdateEvent,
  type SaveAnswer,
} from './events.ts';
