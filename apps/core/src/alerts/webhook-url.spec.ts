import { expect, it } from 'vitest';
import { checkWebhookUrl } from './webhook-url.ts';

const refused = expect.objectContaining({ kind: 'rejected', code: 'core.alerts.webhook-url' });

it.each([
  'http://hooks.example.com/occ',
  'https://10.0.0.5/occ',
  'https://[::1]/occ',
  'https://0x7f.1/occ',
  'https://user:word@hooks.example.com/occ',
  'ftp://hooks.example.com/occ',
])('%s is refused', (url) => {
  expect(() => checkWebhookUrl(url, false)).toThrow(refused);
});

it('takes an https address by name or by public number', () => {
  expect(() => checkWebhookUrl('https://hooks.example.com/occ', false)).not.toThrow();
  expect(() => checkWebhookUrl('https://203.0.113.9/occ', false)).not.toThrow();
});

it('takes http and addresses inside only where who runs the hub allows it, and never a password', () => {
  expect(() => checkWebhookUrl('http://127.0.0.1:4000/occ', true)).not.toThrow();
  expect(() => checkWebhookUrl('http://a:b@127.0.0.1:4000/occ', true)).toThrow(refused);
  expect(() => checkWebhookUrl('file:///etc/hosts', true)).toThrow(refused);
});
