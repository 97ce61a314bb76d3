import { expect, it } from 'vitest';
import { coreOpenApi, routeTable } from './routes.ts';

const table = routeTable();

it('names each method and path once', () => {
  const names = table.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(names).size).toBe(names.length);
});

it('declares a parameter for every name in a path, and no other', () => {
  for (const { path, params } of table) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect([path, Object.keys(params.shape).sort()]).toEqual([path, names.sort()]);
  }
});

it('lets nobody in without a token but to document bytes, which have a token of their own', () => {
  expect(table.filter(({ access }) => access === 'open').map(({ path }) => path)).toEqual([
    '/internal/documents/{document}',
  ]);
});

it('prints every route as OpenAPI 3.1', () => {
  const { openapi, paths } = coreOpenApi() as { openapi: string; paths: Record<string, object> };
  expect(openapi).toBe('3.1.0');
  expect(table.every(({ method, path }) => method in (paths[path] ?? {}))).toBe(true);
});
