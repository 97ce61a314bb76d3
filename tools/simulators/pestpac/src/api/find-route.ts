import type { Method, Route } from './route.ts';
import { ROUTES } from './routes.ts';

/** A route with what its path holds. */
export interface FoundRoute {
  route: Route;
  params: Record<string, string>;
}

interface Compiled {
  route: Route;
  parts: string[];
}

const compiled: readonly Compiled[] = ROUTES.map((route) => ({ route, parts: route.path.slice(1).split('/') }));

/** What answers a path; 'method' when the path is known under other methods only; null when it is not known at all. */
export function findRoute(method: string, path: string): FoundRoute | 'method' | null {
  const parts = path.replace(/^\/|\/$/g, '').split('/');
  const here = compiled.flatMap((one) => {
    const params = matched(one.parts, parts);
    return params ? [{ route: one.route, params }] : [];
  });
  // A word in the path is nearer than a place for a number: /BillTos/pageable is not the BillTo "pageable".
  const fewest = Math.min(...here.map((one) => Object.keys(one.params).length));
  const nearest = here.filter((one) => Object.keys(one.params).length === fewest);
  if (nearest.length === 0) return null;
  return nearest.find((one) => one.route.method === (method as Method)) ?? 'method';
}

function matched(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (piece.startsWith('{')) params[piece.slice(1, -1)] = decoded(part);
    else if (piece.toLowerCase() !== part.toLowerCase()) return null;
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
