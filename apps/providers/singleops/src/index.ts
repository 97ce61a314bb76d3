export { singleOps } from './provider.ts';
