import { createLog, readEnv, runService } from '@occ-hub/service';
import { startCore } from './core.ts';
import { CoreEnv } from './env.ts';

await runService({
  name: 'core',
  start: async (life) => {
    const env = readEnv(CoreEnv, process.env);
    await startCore(env, { life, log: createLog({ service: 'core', level: env.LOG_LEVEL }) });
  },
});
