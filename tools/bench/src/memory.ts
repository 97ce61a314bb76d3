import { execFileSync } from 'node:child_process';
import type { Hub } from '@occ-hub/processes';

/** Resident memory of each service in MiB, as `ps` tells it. */
export function memoryOf(hub: Hub): string {
  return hub.services.map((service) => `${service.name} ${Math.round(rss(service.pid()) / 1024)} MiB`).join(', ');
}

function rss(pid: number | undefined): number {
  return pid === undefined
    ? 0
    : Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim());
}
