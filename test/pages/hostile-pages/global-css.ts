import type { HostilePage } from '../kit/hostile-page.ts';
import { BESIDE_CHAT, type TestPage } from '../kit/test-page.ts';

const STYLES: Record<string, string> = {
  unset: '* { all: unset !important }',
  hidden: `
    div, span, p, b, svg, path, section, textarea { display: none !important; visibility: hidden }
    button { width: 1px; height: 1px; padding: 40px; border: 9px solid red; transform: rotate(45deg) }
    main div, header div { display: block !important }`,
  zoomed: 'body { zoom: 1.25 }',
  grid: 'html { display: grid; grid-template-columns: 1fr; gap: 40px } body { display: flow-root }',
  // Other widgets that are on top of everything, away from the launcher.
  neighbours: `
    #veil { position: fixed; inset: 0; z-index: 2147483647; pointer-events: none; background: rgb(0 0 0 / .05) }
    #bar { position: fixed; inset: 0 0 auto; block-size: 10px; z-index: 2147483647; background: #fd6 }`,
};

/** Style sheets that select everything on the page, including the widget. */
export const globalCss: HostilePage = {
  name: 'global-css',
  about: 'style sheets for everything: unset, hidden, zoomed, grid, neighbours on top',
  serve: () => {
    const pages: Record<string, TestPage> = {};
    for (const [name, css] of Object.entries(STYLES)) {
      pages[`/${name}`] = {
        head: `<style>${css}</style>`,
        end: name === 'neighbours' ? '<div id="veil"></div><div id="bar"></div>' : '',
      };
    }
    return pages;
  },
  async run(visit) {
    await visit.wholeJob('/unset');
    for (const name of Object.keys(STYLES).slice(1)) {
      await visit.goto(`/${name}`);
      // It was open on the page before.
      await visit.isOpen();
      await visit.launcherIsThere();
      // Engines differ in where the content of a zoomed body begins.
      await visit.siteWorks(name === 'zoomed' ? [] : BESIDE_CHAT);
      await visit.say(`A word on ${name}`);
      await visit.isHeard(`A word on ${name}`);
      await visit.shoot(name);
      await visit.isQuiet();
    }
  },
};
