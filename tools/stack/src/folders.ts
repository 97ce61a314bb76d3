import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Where the named instances of this tree keep their data and state. */
export const instancesFolder = join(root, '.stack');

/** The folder of one named instance. */
export function instanceFolder(name: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(name)) {
    throw new Error(`"${name}" cannot name a stack: use small letters, digits and hyphens.`);
  }
  return join(instancesFolder, name);
}

/** Where installed servers lie: outside the tree, so that one build serves every clone on a machine. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['OCC_HUB_CACHE'] || env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'occ-hub');
}
