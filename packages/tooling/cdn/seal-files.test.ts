import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integrityOf, sealFiles, type BuiltFile } from './seal-files.ts';

const panel = (code: string): BuiltFile => ({ name: 'panel', code, imports: [] });
const extra = (code = 'import{a}from"./panel.js";export{a}'): BuiltFile => ({
  name: 'extra',
  code,
  imports: ['panel'],
});

test('a lazily loaded file is loaded with the hash of the published file', () => {
  const { release, sealed } = sealFiles(
    [panel('export let a=1;export let b=()=>import("./extra.js")'), extra()],
    ['panel'],
  );
  const [one, other] = [sealed.get('panel')!, sealed.get('extra')!];
  assert.equal(other.file, `extra-${release}.js`);
  assert.ok(other.code.startsWith('const{a}=await livechatLoad("panel");export{a}'), other.code);
  assert.equal(other.integrity, integrityOf(other.code, 'sha256'));
  assert.ok(
    one.code.includes(`livechatLoad("extra","${other.integrity.slice('sha256-'.length)}")`),
    one.code,
  );
  assert.ok(!/import\("/.test(one.code), 'no import without a hash is left');
  assert.equal(one.integrity, integrityOf(one.code, 'sha256'));
});

test('an import that bypasses the loader is rejected', () => {
  const stars = extra('import*as a from"./panel.js";export{a}');
  assert.throws(() => sealFiles([panel(''), stars], ['panel']), /extra\.js imports \.\/panel\.js in a way/);
});

test('the names change only when contents change', () => {
  const release = (code: string) => sealFiles([panel(code), extra()], ['panel']).release;
  assert.equal(release('export let a=1'), release('export let a=1'));
  assert.notEqual(release('export let a=1'), release('export let a=2'));
});

test('a static import of another file is rejected, because it needs a second round of requests', () => {
  const shared = { name: 'shared', code: '', imports: [] };
  assert.throws(
    () => sealFiles([{ ...panel('import"./shared.js"'), imports: ['shared'] }, shared], ['panel']),
    /panel\.js imports shared/,
  );
  assert.throws(
    () => sealFiles([panel(''), { ...extra(), imports: ['shared'] }, shared], ['panel']),
    /extra\.js imports shared/,
  );
});

test('files that import each other are rejected, because neither can contain the other’s hash', () => {
  assert.throws(
    () =>
      sealFiles(
        [panel('import("./extra.js")'), { ...extra('import("./panel.js")'), imports: [] }],
        ['panel'],
      ),
    /load one another: extra > panel > extra/,
  );
});
