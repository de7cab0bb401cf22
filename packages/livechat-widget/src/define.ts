/**
 * Defines `<livechat-widget>`. Import it for this side effect; `index.ts` exports the class without it.
 *
 * @module
 */
import { LivechatWidget } from './launcher/livechat-widget.ts';

LivechatWidget.loader = {
  panel: () => import('./panel/index.ts'),
  doctor: () => import('./panel/doctor/examine.ts'),
  strings: (language) => (language === 'id' ? import('./strings/id.ts') : import('./strings/en.ts')),
};
if (globalThis.customElements && !customElements.get('livechat-widget')) {
  customElements.define('livechat-widget', LivechatWidget);
}
