/**
 * The lazy part of the widget. Defines the panel's elements.
 *
 * @module
 */
import { Composer } from './composer/composer.ts';
import { LivechatPanel } from './livechat-panel/livechat-panel.ts';
import { MessageList } from './message-list/message-list.ts';
import { defineOnce } from './define-once.ts';
import { PanelHost } from './panel-host.ts';

/** Creates the panel of a launcher. */
export const createPanel = PanelHost.create;

defineOnce('livechat-composer', Composer);
defineOnce('livechat-message-list', MessageList);
defineOnce('livechat-panel', LivechatPanel);

declare global {
  interface HTMLElementTagNameMap {
    'livechat-composer': Composer;
    'livechat-message-list': MessageList;
    'livechat-panel': LivechatPanel;
  }
}
