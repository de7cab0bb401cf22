import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactWays } from './contact-ways.ts';

test('each address is a way of its own, named as a person would say it', () => {
  assert.deepEqual(
    contactWays(' mailto:help@shop.example?subject=Chat  tel:+62-811-222\nhttps://shop.example/contact?a=1 '),
    [
      { href: 'mailto:help@shop.example?subject=Chat', text: 'help@shop.example' },
      { href: 'tel:+62-811-222', text: '+62-811-222' },
      { href: 'https://shop.example/contact?a=1', text: null },
    ],
  );
});

test('what is not safe to follow, or no address, is left out', () => {
  assert.deepEqual(contactWays('javascript:alert(1) data:text/html,x help@shop.example //evil.example'), []);
  assert.deepEqual(contactWays(null), []);
  assert.deepEqual(contactWays(''), []);
});
