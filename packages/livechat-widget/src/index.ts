/**
 * `<livechat-widget>`: a chat for visitors that runs its inbox's conversation flow in the browser. This
 * module has no side effects; `@alur/livechat-widget/define` defines the element.
 *
 * @module
 */
export type {
  LivechatEvent,
  LivechatEventDetails,
  LivechatEventName,
  LivechatEventTopic,
  LivechatIdentity,
  LivechatStatus,
} from './events.ts';
export { LivechatWidget } from './launcher/livechat-widget.ts';
export type { Identity } from './launcher/panel-loader.ts';
export { safeUrl } from '@alur/flow/text';
export type { ConsentDecision, ConsentState } from './session/identity/consent.ts';
export type { Check, DoctorReport, Finding } from './panel/doctor/report.ts';
