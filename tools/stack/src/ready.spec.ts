import { expect, test } from 'vitest';
import { natsOptions } from './ready.ts';
import { withoutPassword } from './stack.ts';

test('reads user and password out of a NATS URL, decoded', () => {
  expect(natsOptions('nats://hub:p%40ss@broker.example.test:4222')).toEqual({
    servers: 'broker.example.test:4222',
    user: 'hub',
    pass: 'p@ss',
  });
});

test('reads a lone name in a NATS URL as a token', () => {
  expect(natsOptions('nats://secret@broker.example.test')).toEqual({ servers: 'broker.example.test', token: 'secret' });
});

test('asks for TLS where the URL does', () => {
  expect(natsOptions('tls://broker.example.test:4222')).toEqual({ servers: 'broker.example.test:4222', tls: {} });
});

test('takes an address without a scheme', () => {
  expect(natsOptions('127.0.0.1:4222')).toEqual({ servers: '127.0.0.1:4222' });
});

test('shows an address without its credentials', () => {
  expect(withoutPassword('mongodb://hub:secret@db.example.test/?tls=true')).toBe('mongodb://db.example.test/?tls=true');
});
