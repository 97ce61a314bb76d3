export { apiAs, tokenFor, type Api } from './api.ts';
export { until } from './check.ts';
