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
  'packages/flow-editor/src/strings/strings.ts': ['packages/flow-editor/src/strings/id.ts'],
  'packages/host/src/ai/ai-answerer.ts': [
    'packages/host/src/ai/chat-model.ts',
    'packages/host/src/ai/question-matcher.ts',
    'packages/host/src/ai/when-unsure.ts',
  ],
  'packages/host/src/http/router.ts': ['packages/host/src/http/cors.ts', 'packages/host/src/http/roles.ts'],
  'packages/host/src/http/services.ts': [
    'packages/host/src/streams/access-watch.ts',
    'packages/host/src/streams/hub.ts',
    'packages/host/src/streams/presence.ts',
  ],
  'packages/host/src/operations/directory.ts': ['packages/host/src/operations/records.ts'],
  'packages/host/src/operations/flow-cache.ts': ['packages/host/src/operations/records.ts'],
  'packages/host/src/operations/inboxes.ts': ['packages/host/src/operations/records.ts'],
  'packages/host/src/operations/sql-inbox-records.ts': ['packages/host/src/operations/inboxes.ts'],
  'packages/livechat-widget/src/panel/livechat-panel/livechat-panel.ts': [
    'packages/livechat-widget/src/panel/livechat-panel/redraw-clock.ts',
    'packages/livechat-widget/src/panel/slots/fill-slots.ts',
  ],
  'packages/livechat-widget/src/session/identity/current-visitor.ts': [
    'packages/livechat-widget/src/session/identity/identify-visitor.ts',
  ],
};
