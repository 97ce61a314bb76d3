export { startStack, type Stack, type StackOptions } from './stack.ts';
export { stopInstance } from './instances.ts';
export { natsOptions } from './ready.ts';
export type { PieceName, StopHow, Way } from './piece.ts';
