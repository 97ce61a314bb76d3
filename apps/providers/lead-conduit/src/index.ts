export { leadConduit } from './provider.ts';
