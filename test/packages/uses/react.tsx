/**
 * Code that a type check must accept, and code that it must reject, for the elements in React. It never runs.
 *
 * @module
 */
import { FlowEditor, InboxFlow } from '@alur/flow-editor/react';
import type { FlowSaveEvent } from '@alur/flow-editor';
import { LivechatWidget } from '@alur/livechat-widget/react';
import type { LivechatWidget as LivechatWidgetElement } from '@alur/livechat-widget';
import { useRef } from 'react';

export function InReact() {
  const widget = useRef<LivechatWidgetElement>(null);
  const save = (event: FlowSaveEvent): void =>
    event.respondWith(Promise.resolve({ version: 1, live: event.live, problems: [] }));
  return (
    <>
      <LivechatWidget
        ref={widget}
        inbox="inb_web"
        host="https://chat.example.com"
        position="start"
        titleText="Ask us"
        className="chat"
        open
        onLivechatUnread={({ detail }) => detail.count.toFixed()}
        onClick={() => void widget.current?.sendMessage('Hello')}
      />
      {/* @ts-expect-error It needs an inbox and a host. */}
      <LivechatWidget inbox="inb_web" />
      {/* @ts-expect-error There is no such corner. */}
      <LivechatWidget inbox="inb_web" host="https://chat.example.com" position="left" />
      <livechat-widget
        inbox="inb_web"
        host="https://chat.example.com"
        title-text="Ask us"
        onlivechat-error={({ detail }) => console.warn(detail.code)}
      />
      {/* @ts-expect-error There is no such tag. */}
      <livechat-bubble />
      <FlowEditor
        flow={null}
        version={3}
        readonly
        locale="id"
        onFlowSave={save}
        onFlowChange={(e) => e.flow.id}
      />
      {/* @ts-expect-error A version is a number. */}
      <FlowEditor version="3" />
      <InboxFlow inbox={null} flows={[]} onInboxFlowUpdate={(event) => event.flowId} />
    </>
  );
}
