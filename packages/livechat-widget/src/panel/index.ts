/**
 * The part of the widget that is loaded when it is wanted. Defines the panel's elements.
 *
 * @module
 */
import type { PanelModule } from '../launcher/panel-loader.ts';
import { Composer } from './composer/composer.ts';
import { LivechatPanel } from './livechat-panel/livechat-panel.ts';
import { loadPart } from './load-part.ts';
import { MessageList } from './message-list/message-list.ts';

import { defineOnce } from './define-once.ts';

export { createPanel } from './create-panel.ts';

/** Looks for what is wrong, whether or not a panel could be made. */
export const examine: PanelModule['examine'] = async (...patient) => (await loadPart('examine'))(...patient);

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
