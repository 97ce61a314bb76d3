import { afterEach, expect, test, vi } from 'vitest';
import { chooseWay } from './choose.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A machine with none of the tools, nothing installed, and no container engine. */
function bareMachine() {
  vi.stubEnv('PATH', '/nowhere');
  vi.stubEnv('JAVA_HOME', '');
  vi.stubEnv('OCC_HUB_CACHE', '/nowhere');
}

test('an address in the environment goes before everything else', async () => {
  expect(await chooseWay('mongo', { MONGO_URL: 'mongodb://db.example.test', STACK: 'containers' })).toBe('outside');
});

test('one outside server leaves the others where they are', async () => {
  bareMachine();
  const env = { MONGO_URL: 'mongodb://db.example.test', STACK: 'native' };
  await expect(chooseWay('kafka', env)).rejects.toThrow('kafka cannot be started here');
});

test('names what is missing for each way in one message', async () => {
  bareMachine();
  await expect(chooseWay('kafka', { STACK: 'native' })).rejects.toThrow(
    'the native way lacks Java 17 or newer (to run Kafka), Maven (to install Kafka); ' +
      'the container way is not asked for (STACK=native). Install what is missing, or name running servers',
  );
});

test('refuses a way it does not know', async () => {
  await expect(chooseWay('nats', { STACK: 'podman' })).rejects.toThrow('"native", "containers" or unset');
});
