export * from './run.ts';
export { explain } from './run/explain.ts';
export { packTrace, unpackTrace, type PackedTrace } from './run/trace-texts.ts';
export { emptyFlow } from './document/empty-flow.ts';
export { FLOW_FORMAT, FLOW_FORMATS } from './document/format.ts';
export { flowLimits, type FlowLimits } from './document/limits.ts';
export { currentFlow } from './document/migrate.ts';
export type { Migration } from './document/migration.ts';
export { parseFlow, type ParseOptions } from './document/parse-flow.ts';
export { publicEffect, publicFlow } from './document/public-flow.ts';
export { isTimeZone } from './document/time-zone.ts';
export { zoneTables } from './document/zone-tables.ts';
export { checkFlow, type CheckOptions } from './check/check-flow.ts';
export { authorKinds, withAuthorKinds } from './kinds/author-kinds.ts';
export * from './kinds/fields.ts';
export type {
  AuthorKinds,
  Constraint,
  CustomAuthorKinds,
  CheckContext,
  Directory,
  DirectoryList,
  Field,
  FieldType,
  Locale,
  StepAuthorKind,
  SummaryContext,
  TestAuthorKind,
  Wording,
} from './kinds/author-kind.ts';
export type { TraceEntry, Why } from './run/run-types.ts';
export { newCard, newTest } from './edit/new-card.ts';
export { insertButton, insertCondition, insertStep } from './edit/insert.ts';
export { deleteBranch, deleteCard, deleteSubtree } from './edit/remove.ts';
export { moveBranch } from './edit/move.ts';
export { copySubtree, duplicateSubtree, pasteSubtree, type CardClip } from './edit/copy.ts';
export { changeKind, renameFlow, updateCard, updateFlow } from './edit/update.ts';
export { replaceFlow } from './edit/replace.ts';
export {
  applyChange,
  groupChanges,
  type ChangeResult,
  type FlowChange,
  type SimpleChange,
} from './edit/flow-change.ts';
export type { Edit, NewId, Place } from './edit/edit.ts';
export { diffFlow, type FlowDiff } from './compare/diff-flow.ts';
export { mergeFlow, type MergeConflict, type MergeResult } from './compare/merge-flow.ts';
export {
  describeCard,
  describePath,
  describeWhy,
  nameCard,
  type DescribeOptions,
} from './describe/describe.ts';
export { runExamples, type ExampleResult, type ExamplesReport } from './examples/run-examples.ts';
export { makeFlowSchema, type Schema } from './schema/make-flow-schema.ts';
