export { openTestStore } from './test-store.ts';
