import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { ELEMENT_PACKAGES } from './element-package.ts';
import { findFaults } from './find-faults.ts';
import { generate } from './generate.ts';
import type { ElementDeclaration } from './manifest.ts';
import { elementsOf, readElements } from './read-elements.ts';

const [widget, editor] = ELEMENT_PACKAGES as [(typeof ELEMENT_PACKAGES)[0], (typeof ELEMENT_PACKAGES)[0]];

describe('the documentation of the elements', () => {
  let chat: ElementDeclaration;
  let editing: ElementDeclaration[];
  before(async () => {
    [chat] = elementsOf(await readElements(widget)) as [ElementDeclaration];
    editing = elementsOf(await readElements(editor));
  });

  test('lists the public API and nothing internal', () => {
    const names = editing[0]!.members.map(({ name }) => name);
    assert.ok(names.includes('flow') && names.includes('save') && names.includes('dirty'), names.join());
    for (const inside of ['store', 'isNarrow', '#load', 'saving', 'strings']) {
      assert.ok(!names.includes(inside), `${inside} is internal`);
    }
    assert.deepEqual(
      editing.map(({ tagName }) => tagName),
      ['flow-editor', 'flow-list', 'inbox-flow'],
    );
  });

  test('knows the type of each event', () => {
    const typeOf = (element: ElementDeclaration, name: string) =>
      element.events.find((event) => event.name === name)?.type?.text;
    assert.equal(typeOf(chat, 'livechat-unread'), "LivechatEvent<'livechat-unread'>");
    assert.equal(typeOf(editing[0]!, 'flow-save'), 'FlowSaveEvent');
  });

  test('is complete', async () => {
    for (const pack of ELEMENT_PACKAGES) assert.deepEqual((await generate(pack)).faults, []);
  });

  test('is in the guides: every attribute, method, event, part and custom property of the chat', async () => {
    const [readme, theming] = await Promise.all(
      ['../../livechat-widget/README.md', '../../../docs/theming.md'].map((file) =>
        readFile(new URL(file, import.meta.url), 'utf8'),
      ),
    );
    const missing = (text: string, list: { name: string }[]) =>
      list.map(({ name }) => name).filter((name) => !new RegExp('[`\\s]' + name + '[`(\\s]').test(text));
    const { attributes, members, events, cssParts, cssProperties } = chat;
    assert.deepEqual(
      missing(readme!, [...attributes, ...members, ...events, ...cssParts, ...cssProperties]),
      [],
    );
    assert.deepEqual(missing(theming!, [...cssParts, ...cssProperties]), []);
  });

  for (const [what, kind, name] of [
    ['event', 'events', 'livechat-status'],
    ['part', 'cssParts', 'bubble'],
    ['slot', 'slots', 'intro'],
    ['custom property', 'cssProperties', '--livechat-accent'],
    ['attribute', 'attributes', 'accent'],
  ] as const) {
    test(`reports a missing ${what} ${name}`, async () => {
      const without = { ...chat, [kind]: chat[kind].filter((one) => one.name !== name) };
      assert.deepEqual(await findFaults(widget, [without]), [
        `livechat-widget: the ${what} ${name} is not documented`,
      ]);
    });
  }

  test('reports a documented member that no longer exists', async () => {
    const slots = [...chat.slots, { name: 'ceiling', description: 'Above.' }];
    assert.deepEqual(await findFaults(widget, [{ ...chat, slots }]), [
      'livechat-widget: the slot ceiling is not there',
    ]);
  });

  test('reports a member without a description', async () => {
    const members = chat.members.map((member) =>
      member.name === 'prefill' ? { ...member, description: '' } : member,
    );
    assert.deepEqual(await findFaults(widget, [{ ...chat, members }]), [
      'livechat-widget: <livechat-widget> does not say what "prefill" of its members is for',
    ]);
  });
});
