/**
 * Vite's configurations: the demo's pages (default), the script-tag release (`--mode cdn`) and the
 * development page of the flow editor (`--mode editor`). `npm run dev` serves the first and the last with hot
 * reload.
 *
 * @module
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type UserConfig } from 'vite';
import { cdnConfig } from './packages/tooling/cdn/build-cdn.ts';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DEMO = join(ROOT, 'demo');

/**
 * The dashboard, the agent inbox and the example pages with a framework. The shop is plain HTML and needs no
 * build.
 */
const demo: UserConfig = {
  root: DEMO,
  base: '/',
  publicDir: false,
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } })],
  build: {
    outDir: join(DEMO, 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      input: ['dashboard', 'agent-inbox', 'embeds/react', 'embeds/vue'].map((page) =>
        join(DEMO, page, 'index.html'),
      ),
    },
  },
};

const editor: UserConfig = { root: join(ROOT, 'packages/flow-editor/dev') };

export default defineConfig(({ mode }) => {
  if (mode === 'cdn') return cdnConfig();
  return mode === 'editor' ? editor : demo;
});
