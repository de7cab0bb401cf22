/**
 * The part of the widget that is loaded when it is wanted. Defines the panel's elements.
 *
 * @module
 */
import { Composer } from './composer/composer.ts';
import { LivechatPanel } from './livechat-panel/livechat-panel.ts';
import { MessageList } from './message-list/message-list.ts';

export { createPanel } from './create-panel.ts';

const parts = {
  'livechat-composer': Composer,
  'livechat-message-list': MessageList,
  'livechat-panel': LivechatPanel,
};
for (const [name, part] of Object.entries(parts)) {
  if (!customElements.get(name)) customElements.define(name, part);
}

declare global {
  interface HTMLElementTagNameMap {
    'livechat-composer': Composer;
    'livechat-message-list': MessageList;
    'livechat-panel': LivechatPanel;
  }
}
