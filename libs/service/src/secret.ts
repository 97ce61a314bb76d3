import { inspect } from 'node:util';
import { z } from 'zod';

const mask = '•••';

/** Holds a secret so that printing, logging or serialising it shows dots. Only `reveal()` gives it away. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Call it where it is used, and keep no copy. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

/** A secret setting of at least so many characters: parsed into a `Secret`. */
export function secretText(minLength = 1) {
  return z
    .string()
    .min(minLength)
    .transform((value) => new Secret(value));
}
