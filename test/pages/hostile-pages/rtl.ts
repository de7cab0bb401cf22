import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';

/** The site's controls, as close to the launcher on this side as on the other. */
const MIRRORED = `
  #near-left { right: auto; left: 84px }
  #near-above { right: auto; left: 12px }
  #far-start { left: auto; right: 12px }`;

export const rtl: HostilePage = {
  name: 'rtl',
  about: 'a page that is written from right to left',
  serve: () => ({
    '/': { html: 'lang="ar" dir="rtl"', head: `<style>${MIRRORED}</style>` },
  }),
  async run(visit) {
    await visit.wholeJob();
    const [launcher, panel] = [await visit.box('.launcher'), await visit.box('livechat-panel[open]')];
    assert.ok(launcher.x < 100, 'the launcher stands where lines end');
    assert.ok(panel.x >= 0 && panel.x < 100, 'and so does the panel');
  },
};
