import { serveInbox, type FakeInbox } from './fake-network.ts';
import { until } from './page.ts';
import { WidgetDriver } from './widget.ts';

/** An open chat and its inbox. */
export interface OpenChat {
  inbox: FakeInbox;
  widget: WidgetDriver;
  /**
   * Sends an agent's reply and waits until the screen shows `shown`. First sends "Hi" in an empty
   * conversation.
   */
  hear(text: string, shown?: string): Promise<void>;
}

/** Adds a widget to the page, opens its panel and waits until it is connected. */
export async function openChat(
  options: Parameters<typeof serveInbox>[0] = {},
  attributes: Record<string, string> = {},
): Promise<OpenChat> {
  const inbox = serveInbox(options);
  const widget = new WidgetDriver(inbox.id, attributes);
  await widget.open();
  await until(() => inbox.streams === 1, 'the widget did not connect');
  return {
    inbox,
    widget,
    async hear(text, shown = text) {
      if (inbox.host.log.length === 0) await widget.say('Hi');
      await until(() => inbox.host.log.length > 0, 'the host did not receive the first message');
      inbox.host.reply(text);
      inbox.flush();
      await widget.sees(shown);
    },
  };
}
