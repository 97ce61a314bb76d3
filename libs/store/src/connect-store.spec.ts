import { createLog } from '@occ-hub/service';
import { describe, expect, it } from 'vitest';
import { connectStore, openStore } from './connect-store.ts';

const log = createLog({ service: 'test', level: 'silent' });
const connect = (url: string, signal = new AbortController().signal) =>
  connectStore(openStore(), { url, database: 'x', log, signal });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error & { kind: string },
  );

describe('connectStore', () => {
  it.each([
    ['another scheme', 'http://svc:hunter2@db.example.com/', /mongodb:\/\//],
    ['an option that does not exist', 'mongodb://svc:hunter2@db.example.com/?retryWrits=true', /retrywrits/],
    ['a value that an option cannot have', 'mongodb://svc:hunter2@db.example.com/?maxPoolSize=many', /maxPoolSize/],
    [
      'options that exclude each other',
      'mongodb://svc:hunter2@a.example.com,b.example.com/?directConnection=true',
      /directConnection/,
    ],
    ['a password that is not escaped', 'mongodb://svc:hunter2%@db.example.com/', /MONGO_URL/],
    ['a user that is not escaped', 'mongodb://s%vc:hunter2@db.example.com/', /MONGO_URL/],
    ['a slash in the password', 'mongodb://svc:hunter2/hunter2@db.example.com/', /MONGO_URL/],
    ['a port in the address of a cluster', 'mongodb+srv://svc:hunter2@db.example.com:27017/', /port/],
    ['nothing that is a URL', 'svc:hunter2', /MONGO_URL/],
  ])('refuses an address with %s at once, names the variable and shows no credentials', async (_what, url, words) => {
    const error = await failure(connect(url));
    expect(error).toMatchObject({ kind: 'config', code: 'store.address-unusable' });
    expect(error?.message).toMatch(/^MONGO_URL /);
    expect(error?.message).toMatch(words);
    expect(`${error?.stack} ${String(error?.cause)}`).not.toMatch(/hunter2|svc|s%vc/);
  });
});
