import '@alur/livechat-widget/vue';
import { createApp } from 'vue';
import HelpPage from './HelpPage.vue';

const root = document.getElementById('root')!;
const { inbox, host } = root.dataset;

createApp(HelpPage, { inbox, host }).mount(root);
