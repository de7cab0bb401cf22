import assert from 'node:assert/strict';
import type { HostilePage } from '../kit/hostile-page.ts';

/** Members of every object, every element or the class, and a name that does not exist. */
const NO_VERBS = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'remove',
  'connectedCallback',
  'attributeChangedCallback',
  'isOpen',
  'nonsense',
];

export const bare: HostilePage = {
  name: 'bare',
  about: 'a plain page; it asks for verbs that there are none of',
  serve: () => ({ '/': {} }),
  async run(visit) {
    await visit.wholeJob();
    const answers = await visit.look(
      (verbs: string[]) => Promise.all(verbs.map((verb) => probe.ask(verb).catch(String))),
      NO_VERBS,
    );
    assert.deepEqual(
      answers,
      NO_VERBS.map((verb) => `TypeError: "${verb}" is not a method.`),
    );
    // The chat still works, and has reported each one once.
    await visit.isOpen();
    await visit.isQuiet(NO_VERBS.length);
  },
};
