export { leadPerfection } from './provider.ts';
