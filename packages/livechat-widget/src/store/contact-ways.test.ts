import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactWays } from './contact-ways.ts';

test('each URL is one contact option with a readable name', () => {
  assert.deepEqual(
    contactWays(' mailto:help@shop.example?subject=Chat  tel:+62-811-222\nhttps://shop.example/contact?a=1 '),
    [
      { href: 'mailto:help@shop.example?subject=Chat', text: 'help@shop.example' },
      { href: 'tel:+62-811-222', text: '+62-811-222' },
      { href: 'https://shop.example/contact?a=1', text: null },
    ],
  );
});

test('unsafe and invalid URLs are omitted', () => {
  assert.deepEqual(contactWays('javascript:alert(1) data:text/html,x help@shop.example //evil.example'), []);
  assert.deepEqual(contactWays(null), []);
  assert.deepEqual(contactWays(''), []);
});
