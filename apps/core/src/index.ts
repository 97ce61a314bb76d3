export { startCore, type Core, type CoreDeps } from './core.ts';
export { CoreEnv } from './env.ts';
export { coreOpenApi } from './routes.ts';
