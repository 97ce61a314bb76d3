import { HubError, isHubError } from '@occ-hub/errors';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { storeFault, withStoreFaults } from './store-fault.ts';

const { mongo } = mongoose;
const server = (code: number) => new mongo.MongoServerError({ message: 'x', code });
const bulk = (writeErrors: object[]) =>
  Object.assign(new mongo.MongoBulkWriteError({ message: 'x', code: 0, writeErrors: [] }, {} as never), {
    writeErrors,
  });

describe('storeFault', () => {
  it.each([
    ['a lost connection', new mongo.MongoNetworkError('connect ECONNREFUSED')],
    ['no server in time', new mongo.MongoServerSelectionError('timed out', {} as never)],
    ['a closed client', new mongo.MongoNotConnectedError('closed')],
    ['a call before the first connection', new mongoose.Error('Cannot call before initial connection is complete')],
    ['a server that shuts down', server(91)],
    ['a bulk write that met no server', bulk([])],
    ['a socket that the server has ended', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })],
  ])('takes %s for an outage, to be tried again', (_what, error) => {
    const fault = storeFault(error);
    expect(isHubError(fault, 'transient') && [fault.code, fault.cause]).toEqual(['store.away', error]);
  });

  it.each([
    ['a key that is there already', server(11_000)],
    ['a document that fails validation', server(121)],
    ['a bulk write that met such a key', bulk([{ code: 11_000 }])],
    ['a wrong argument', new mongo.MongoInvalidArgumentError('x')],
    ['a file that is not there', new mongo.MongoRuntimeError('FileNotFound')],
    ['a document that does not fit', new mongoose.Error.ValidationError()],
    ['a bug', new TypeError('x')],
    ["the hub's own error", new HubError({ kind: 'rejected', code: 'x', message: 'x' })],
  ])('leaves %s as it is', (_what, error) => {
    expect(storeFault(error)).toBe(error);
  });
});

describe('withStoreFaults', () => {
  it('tells whoever asks to ask again in two seconds, and hands on everything else', async () => {
    const work = withStoreFaults(async (given: string) => {
      if (given === 'away') throw new mongo.MongoNotConnectedError('closed');
      if (given === 'bug') throw new TypeError('x');
      return `${given}!`;
    });
    expect(await work('fine')).toBe('fine!');
    await expect(work('away')).rejects.toMatchObject({ kind: 'transient', code: 'store.away', retryAfterMs: 2_000 });
    await expect(work('bug')).rejects.toBeInstanceOf(TypeError);
  });
});
