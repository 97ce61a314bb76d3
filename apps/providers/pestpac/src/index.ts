export { pestPac } from './provider.ts';
