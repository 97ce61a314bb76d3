import { CoreEnv } from '@occ-hub/core';
import { KitEnv } from '@occ-hub/provider-kit';
import { readServiceList } from '@occ-hub/processes';
import { printEnvTable } from '@occ-hub/service';
import { z } from 'zod';
import type { Page } from './page.ts';

/** Every variable of every service. */
export async function environmentPage(): Promise<Page> {
  const providers = await Promise.all(
    (await providerEnvs()).map(
      ({ title, env }) => `## ${title}\n\nBeside those of every provider:\n\n${printEnvTable(env)}`,
    ),
  );
  const text = `# Environment

Printed by \`npm run docs\`. A service reads its environment once, at its start, and names every fault at once. \`NAME_FILE\`
names a mounted file that holds the value of \`NAME\`: how secrets are given on Kubernetes.

## Core

${printEnvTable(CoreEnv)}
## Every provider

${printEnvTable(KitEnv)}
${providers.join('\n')}`;
  return { path: 'docs/reference/environment.md', text };
}

interface Declared {
  readonly title: string;
  readonly env: z.ZodObject;
}

async function providerEnvs(): Promise<readonly Declared[]> {
  const lines = (await readServiceList()).filter((line) => line.path.startsWith('apps/providers/'));
  return Promise.all(
    lines.map(async (line) => Object.values((await import(`@occ-hub/${line.name}`)) as Record<string, Declared>)[0]!),
  );
}
