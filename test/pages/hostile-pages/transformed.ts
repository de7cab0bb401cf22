import type { HostilePage } from '../kit/hostile-page.ts';

/** Inside such an ancestor, "fixed" is not relative to the viewport. */
export const transformed: HostilePage = {
  name: 'transformed',
  about: 'an element inside a transformed, tall, clipping ancestor; a transformed body',
  serve: ({ element, tag }, inbox) => ({
    '/': {
      head: '<style>#wrap { transform: translateZ(0); height: 3000px; overflow: clip; contain: paint; pointer-events: none }</style>',
      widget: tag(null),
      end: `<div id="wrap">${element(inbox)}</div>`,
    },
    '/body': { head: '<style>body { transform: scale(1); height: 3000px; filter: none }</style>' },
  }),
  async run(visit) {
    await visit.goto();
    await visit.until('the launcher stays out of view', () => {
      const [box] = probe.boxes('.launcher');
      return box && box.y > 0 && box.y + box.height < innerHeight;
    });
    await visit.isUsable();
    await visit.look(() => scrollTo(0, 2_000));
    await visit.launcherIsThere();

    await visit.goto('/body');
    await visit.isOpen();
    await visit.launcherIsThere();
    await visit.shoot('body');
  },
};
