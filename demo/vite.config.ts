import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const demo = dirname(fileURLToPath(import.meta.url));

/** The dashboard's two pages. The shop needs no building: it is plain HTML and CSS, as any site is. */
export default defineConfig({
  root: demo,
  base: '/',
  publicDir: false,
  build: {
    outDir: join(demo, 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      input: [join(demo, 'dashboard/index.html'), join(demo, 'agent-inbox/index.html')],
    },
  },
});
