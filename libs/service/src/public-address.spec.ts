import { expect, it } from 'vitest';
import { insideCode, isInsideHost, isPublicAddress, publicLookup } from './public-address.ts';

it.each([
  ['203.0.113.9', true],
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['10.1.2.3', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['::1', false],
  ['::', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['64:ff9b:1::a00:1', false],
  ['64:ff9b:2::1', true],
  ['fec0::1', false],
  ['not an address', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

it.each([
  ['https://10.1.2.3/x', true],
  ['https://[::1]:8443', true],
  ['https://0x7f.1/', true],
  ['https://2130706433/', true],
  ['https://203.0.113.9', false],
  ['https://crm.example.com', false],
])('%s has a host inside: %s', (url, expected) => {
  expect(isInsideHost(new URL(url))).toBe(expected);
});

it('does not look up a name of this machine', async () => {
  const answer = new Promise((resolve) => publicLookup('localhost', { all: true }, resolve));
  expect(await answer).toMatchObject({ code: insideCode });
});

it('gives on an address of the internet, in the form that was asked for', async () => {
  const ask = (all: boolean) =>
    new Promise((resolve) => publicLookup('203.0.113.9', { all }, (...answer) => resolve(answer)));
  expect(await ask(true)).toEqual([null, [{ address: '203.0.113.9', family: 4 }]]);
  expect(await ask(false)).toEqual([null, '203.0.113.9', 4]);
});
