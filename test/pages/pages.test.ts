/**
 * Every hostile page in every engine that `ALUR_ENGINES` names.
 *
 * @module
 */
import { availableParallelism } from 'node:os';
import { after, before, describe, test } from 'node:test';
import type { Engine } from '../support/engines/engine.ts';
import { findEngines } from '../support/engines/find-engines.ts';
import { countFor } from '../support/run-size.ts';
import { setStage, type Stage } from './kit/stage.ts';
import { Visit } from './kit/visit.ts';
import { astroIsBuilt } from './hostile-pages/astro.ts';
import { hostilePages } from './hostile-pages/index.ts';

const { found } = findEngines();
if (!astroIsBuilt) console.log('Not built, so not tried: Astro (node test/pages/sites/astro/build.ts)');
/** Time limit of a test in milliseconds. A hundred pages in a row take long. */
const PATIENCE_MS = countFor({ test: 180_000, ci: 300_000, long: 1_200_000 });

/** An engine uses two cores, and pages have time limits. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));

describe('test pages', { concurrency: AT_ONCE, timeout: 3_600_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage(
      hostilePages,
      found.map(({ name }) => name),
    );
  });
  after(() => stage.close());

  for (const { name, launch } of found) {
    describe(name, { concurrency: 1 }, () => {
      let engine: Engine;
      before(async () => {
        engine = await launch();
        console.log(`${name} ${engine.version}`);
      });
      after(() => engine.close());

      for (const hostilePage of hostilePages) {
        test(`${name}: ${hostilePage.about}`, { timeout: PATIENCE_MS }, async () => {
          const visitor = await engine.visitor(hostilePage.insecure ? { proxy: stage.proxy } : {});
          const visit = new Visit(stage, hostilePage, name, visitor, await visitor.page());
          try {
            await (hostilePage.run ? hostilePage.run(visit) : visit.wholeJob());
          } finally {
            await visitor.close();
          }
          // No tab is left that could send a message twice.
          await visit.heardOnce();
        });
      }
    });
  }
});
