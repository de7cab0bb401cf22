import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const demo = dirname(fileURLToPath(import.meta.url));

/** The dashboard's two pages, and the example pages with a framework. The shop needs no building: it is plain HTML and CSS, as any site is. */
export default defineConfig({
  root: demo,
  base: '/',
  publicDir: false,
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } } })],
  build: {
    outDir: join(demo, 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      input: ['dashboard', 'agent-inbox', 'embeds/react', 'embeds/vue'].map((page) =>
        join(demo, page, 'index.html'),
      ),
    },
  },
});
