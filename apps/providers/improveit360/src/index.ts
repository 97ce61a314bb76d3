export { improveit360 } from './provider.ts';
