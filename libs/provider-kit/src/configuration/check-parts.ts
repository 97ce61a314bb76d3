import { ConfigurationPartName } from '@occ-hub/contracts';
import type { AnyProvider } from '../provider.ts';
import { readValue } from './stored-value.ts';

/** Throws where the parts that a provider declares cannot be: a mistake of its author, told at the start. */
export function checkParts({ id, configuration = [] }: AnyProvider): void {
  const names = configuration.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`${id} declares the configuration "${twice}" twice`);
  for (const part of configuration) {
    if (!ConfigurationPartName.safeParse(part.name).success)
      throw new Error(`${id} declares the configuration "${part.name}": a name is of a-z and dashes`);
    const read = readValue(part, part.initial);
    if (!read.ok) throw new Error(`${id}: what the configuration "${part.name}" begins with is not of its shape`);
  }
}
