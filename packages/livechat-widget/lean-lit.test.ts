import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { leanLit } from './lean-lit.ts';

const transform = leanLit().transform as (code: string, id: string) => string | undefined;

describe('Lit as the script-tag files have it', () => {
  test('is the one that the cuts were made for, and lacks what they took', async () => {
    const { resolve } = createRequire(import.meta.url);
    const file = createRequire(resolve('lit/html.js')).resolve('lit-html');
    // What a bundler for browsers takes.
    const code = await readFile(file.replace(/(node\/)?lit-html\.js$/, 'lit-html.js'), 'utf8');
    const lean = transform(code, '/x/lit-html/lit-html.js')!;
    assert.ok(lean.length < code.length * 0.9, `${lean.length} of ${code.length}`);
    for (const gone of ['<math>', '_$litDirective$', ' as svg', 'setConnected'])
      assert.ok(code.includes(gone) && !lean.includes(gone), gone);
  });

  test('is refused when it is another one', () => {
    assert.throws(() => transform('export const html = 1;', '/x/lit-html/lit-html.js'), /no longer has/);
  });

  test('is refused to whoever would need a directive', () => {
    assert.throws(() => transform('', '/x/lit-html/directives/repeat.js'), /cut out/);
  });

  test('is refused to templates with values where it no longer looks for them', () => {
    const inside = {
      'raw text': 'html`<textarea>${x}</textarea>`',
      'a style': 'html`<style>a { b: ${x} }</style>`',
      'a comment': 'html`<p></p><!-- ${x} -->`',
      'a tag': 'html`<p class="a" ${x}></p>`',
    };
    for (const [where, code] of Object.entries(inside))
      assert.throws(() => transform(code, '/x/y.ts'), /no value can stand/, where);
    const fine =
      'html`<p class="a ${x}" ?b=${y} @c=${z} .d=${u}>${v} < ${w}</p><textarea .value=${x}></textarea>${y}`';
    assert.equal(transform(fine, '/x/y.ts'), undefined);
  });
});
