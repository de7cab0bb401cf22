/**
 * Checks that no style is built from text with a value in it: such a value could add declarations, and URLs
 * to fetch. Elements set single properties instead, through `styleProperties` or `style.setProperty`.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * APIs that create styles from text: a `style` attribute or property with a value in it, `cssText`, rules,
 * `<style>` elements.
 */
const STYLE_TEXT = [
  /[\s.]style\s*=\s*(?:\$\{|"[^"\n]*\$\{|'[^'\n]*\$\{)/g,
  /\.style\s*\+?=(?![=$"'])/g,
  /\.style\s*\+?=\s*["'`]/g,
  /\bcssText\b/g,
  /\bsetAttribute(?:NS)?\(\s*(?:null,\s*)?["'`]style["'`]/g,
  /\bstyleMap\b/g,
  /\b(?:insertRule|unsafeCSS)\b/g,
  /<style\b[^<]*\$\{/g,
];

function styleTextsOf(source: string): string[] {
  return STYLE_TEXT.flatMap((pattern) => [...source.matchAll(pattern)].map(([found]) => found.trim()));
}

test('no shipped code or demo creates styles from text', async () => {
  const found: string[] = [];
  let files = 0;
  for (const folder of ['packages/*/src', 'demo'])
    for await (const file of glob(`${folder}/**/*.{ts,js,html}`, { cwd: root })) {
      if (/\.test\.ts$|(?:^|\/)(?:node_modules|dist|testing)\//.test(file)) continue;
      files += 1;
      const texts = styleTextsOf(await readFile(root + file, 'utf8'));
      found.push(...texts.map((text) => `${file} has ${text}`));
    }
  assert.deepEqual(found, []);
  assert.ok(files > 300, `only ${files} files were read`);
});

test('every way to create styles from text is detected', () => {
  for (const line of [
    'html`<i .style=${`background:${color}`}></i>`',
    'html`<i style="--dot: ${color}"></i>`',
    "html`<i style='color:${color}'></i>`",
    'html`<i style=${text}></i>`',
    'element.style = text',
    "element.style += ';color:red'",
    'element.style.cssText = text',
    "element.setAttribute('style', text)",
    "import { styleMap } from 'lit/directives/style-map.js'",
    'sheet.insertRule(text)',
    'html`<style>:host { color: ${color} }</style>`',
  ])
    assert.ok(styleTextsOf(line).length > 0, line);
  for (const line of [
    "html`<i ${styleProperties({ 'background-color': color })}></i>`",
    "element.style.setProperty('color', color)",
    'if (element.style === other.style) return;',
    '<p style="margin: 0">${text}</p>',
    'static styles = css`i { color: red }`',
    'sheet.replaceSync(panelStyles)',
  ])
    assert.deepEqual(styleTextsOf(line), [], line);
});
