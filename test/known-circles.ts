/**
 * Imports that close a circle and stay until their files are reorganised, by the imported file. This list
 * only gets shorter: a new circle fails, and so does an entry that closes no circle any more.
 *
 * @module
 */
export const KNOWN_CIRCLES: Readonly<Record<string, readonly string[]>> = {
  'packages/flow-editor/src/elements/flow-editor/flow-editor.ts': [
    'packages/flow-editor/src/elements/flow-editor/render-frame.ts',
    'packages/flow-editor/src/elements/flow-editor/render-work.ts',
  ],
  'packages/flow-editor/src/elements/flow-list/flow-list.ts': [
    'packages/flow-editor/src/elements/flow-list/render-dialog.ts',
    'packages/flow-editor/src/elements/flow-list/render-row.ts',
  ],
  'packages/host/src/operations/directory.ts': ['packages/host/src/operations/records.ts'],
  'packages/host/src/operations/flow-cache.ts': ['packages/host/src/operations/records.ts'],
  'packages/host/src/operations/inboxes.ts': ['packages/host/src/operations/records.ts'],
  'packages/host/src/operations/sql-inbox-records.ts': ['packages/host/src/operations/inboxes.ts'],
};
