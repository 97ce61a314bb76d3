export { startStack, type Stack, type StackOptions } from './stack.ts';
export { stopInstance } from './instances.ts';
export { natsOptions } from './ready.ts';
export { progressPrinter } from './progress-printer.ts';
export type { PieceName, StopHow, Way } from './piece.ts';
