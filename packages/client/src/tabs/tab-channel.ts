/** A line to this browser's other tabs that show the same inbox. Messages must be cloneable. */
export interface TabChannel<Message> {
  post(message: Message): void;
  close(): void;
}

/** Opens the line `name`. Where BroadcastChannel is missing or refused there is nobody to talk to, and nothing else changes. */
export function openTabChannel<Message>(
  name: string,
  onMessage: (message: Message) => void,
): TabChannel<Message> {
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(name);
  } catch {
    return { post() {}, close() {} };
  }
  channel.addEventListener('message', (event: MessageEvent<Message>) => onMessage(event.data));
  let open = true;
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
    post: (message) => void (open && channel.postMessage(message)),
    close() {
      open = false;
      channel.close();
    },
  };
}
