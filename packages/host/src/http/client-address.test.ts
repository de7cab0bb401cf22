import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClientAddress, parseTrustProxy, type TrustProxy } from './client-address.ts';

const PROXY = '10.0.0.9';

for (const { what, trust, remote = PROXY, forwarded, client } of [
  { what: 'nothing is trusted by default', trust: 0, forwarded: '203.0.113.7', client: PROXY },
  { what: 'one proxy', trust: 1, forwarded: '203.0.113.7', client: '203.0.113.7' },
  {
    what: 'what the client wrote before it',
    trust: 1,
    forwarded: '1.1.1.1, 203.0.113.7',
    client: '203.0.113.7',
  },
  { what: 'a chain of two', trust: 2, forwarded: '1.1.1.1, 203.0.113.7, 10.0.0.8', client: '203.0.113.7' },
  { what: 'fewer addresses than proxies', trust: 3, forwarded: '203.0.113.7', client: '203.0.113.7' },
  {
    what: 'networks',
    trust: ['10.0.0.0/8'],
    forwarded: '1.1.1.1, 203.0.113.7, 10.1.2.3',
    client: '203.0.113.7',
  },
  {
    what: 'a caller outside of them',
    trust: ['10.0.0.0/8'],
    remote: '198.51.100.1',
    forwarded: '1.1.1.1',
    client: '198.51.100.1',
  },
  {
    what: 'IPv4 inside IPv6',
    trust: ['10.0.0.0/8'],
    remote: '::ffff:10.0.0.9',
    forwarded: '203.0.113.7',
    client: '203.0.113.7',
  },
  { what: 'a port', trust: 1, forwarded: '203.0.113.7:51234', client: '203.0.113.7' },
  {
    what: 'IPv6 counts as its /64',
    trust: 1,
    forwarded: '[2001:db8:1:2:3::4]:443',
    client: '2001:db8:1:2::/64',
  },
  { what: 'no address', trust: 1, forwarded: 'unknown', client: PROXY },
  { what: 'an empty header', trust: 1, forwarded: '', client: PROXY },
] as { what: string; trust: TrustProxy; remote?: string; forwarded: string; client: string }[])
  test(`the client's address: ${what}`, () => {
    const read = createClientAddress(trust, () => {});
    assert.equal(read(remote, forwarded), client);
  });

test('all addresses of an IPv6 network share one limit, and its neighbours do not', () => {
  const read = createClientAddress(0, () => {});
  assert.equal(read('2001:db8::1', undefined), read('2001:db8::ffff:1', undefined));
  assert.notEqual(read('2001:db8::1', undefined), read('2001:db8:0:1::1', undefined));
  assert.equal(read('fe80::1%eth0', undefined), 'fe80:0:0:0::/64');
});

test('an untrusted forwarded header is logged once as a warning', () => {
  const warnings: string[] = [];
  const read = createClientAddress(['10.0.0.0/8'], (message) => void warnings.push(message));
  read(PROXY, '203.0.113.7');
  assert.deepEqual(warnings, []);
  for (let count = 0; count < 3; count++) read('198.51.100.1', '203.0.113.7');
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /198\.51\.100\.1.*ALUR_TRUST_PROXY/);
});

test('the option is a number of proxies or a list of networks', () => {
  assert.equal(parseTrustProxy('2'), 2);
  assert.deepEqual(parseTrustProxy('10.0.0.0/8, fd00::/8,192.0.2.1'), [
    '10.0.0.0/8',
    'fd00::/8',
    '192.0.2.1',
  ]);
  for (const text of ['', 'nginx', '10.0.0.0/33', '10.0.0.0/8,', '-1', '11'])
    assert.equal(parseTrustProxy(text), null, text);
});
