import type { LivechatStatus, LivechatWidget as LivechatWidgetElement } from '@alur/livechat-widget';
import { LivechatWidget } from '@alur/livechat-widget/react';
import { useRef, useState } from 'react';

const CODE = `import { LivechatWidget } from '@alur/livechat-widget/react';

<LivechatWidget
  ref={chat}
  inbox="inb_web"
  host="https://chat.example.com"
  onLivechatUnread={(event) => setUnread(event.detail.count)}
/>`;

/** A page of a React application, with the chat on it. */
export function HelpPage({ inbox, host }: { inbox: string; host: string }) {
  const chat = useRef<LivechatWidgetElement>(null);
  const [status, setStatus] = useState<LivechatStatus | null>(null);
  const [unread, setUnread] = useState(0);
  const [sent, setSent] = useState<string | null>(null);

  async function ask(): Promise<void> {
    await chat.current?.prefill('Where is my order 7?');
    await chat.current?.openPanel();
  }

  return (
    <>
      <h1>React</h1>
      <p>
        A component with typed props. Events are props, the ref is the element. This page runs in StrictMode.
      </p>
      <pre>
        <code>{CODE}</code>
      </pre>
      <h2>Methods and events</h2>
      <p>
        <button type="button" onClick={() => void ask()}>
          Ask about order 7
        </button>
      </p>
      <dl>
        <dt>Connection to the host</dt>
        <dd id="status">{status ?? 'not needed yet'}</dd>
        <dt>Unread</dt>
        <dd id="unread">{unread}</dd>
        <dt>Sent</dt>
        <dd id="sent">{sent ?? 'nothing'}</dd>
      </dl>
      <LivechatWidget
        ref={chat}
        inbox={inbox}
        host={host}
        titleText="Ask the shop"
        onLivechatStatus={(event) => setStatus(event.detail.status)}
        onLivechatUnread={(event) => setUnread(event.detail.count)}
        onLivechatMessageSent={(event) => setSent(event.detail.text)}
      />
    </>
  );
}
