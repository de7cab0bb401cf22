/**
 * Code that a type check must accept, and code that it must reject, with the types for templates of Vue,
 * Svelte and Angular. It never runs. In `test/frameworks` their own checkers read real templates.
 *
 * @module
 */
import '@alur/flow-editor/svelte';
import '@alur/flow-editor/vue';
import type { LivechatWidgetEvents } from '@alur/livechat-widget/angular';
import '@alur/livechat-widget/svelte';
import '@alur/livechat-widget/vue';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';

type InVue = InstanceType<GlobalComponents['livechat-widget']>['$props'];
export const inVue: InVue = {
  inbox: 'inb_web',
  host: 'https://chat.example.com',
  class: 'chat',
  onLivechatStatus: ({ detail }) => console.log(detail.status === 'online'),
};
// @ts-expect-error There is no such theme.
export const wrongInVue: InVue = { inbox: 'inb_web', host: 'https://chat.example.com', theme: 'blue' };

export const inSvelte: SvelteHTMLElements['flow-editor'] = {
  flow: null,
  readonly: true,
  class: 'editor',
  'onflow-select': ({ cardId }) => cardId?.length,
};
// @ts-expect-error A version is a number.
export const wrongInSvelte: SvelteHTMLElements['flow-editor'] = { version: '3' };

export const inAngular = (event: LivechatWidgetEvents['livechat-message']): string => event.detail.text;
