import { describe, expect, it } from 'vitest';
import { allPages } from './pages.ts';

const rows = Array.from({ length: 250 }, (_, index) => ({ id: index }));

function listOf(all: readonly object[]) {
  const asked: string[] = [];
  return {
    asked,
    page: async (skip: number, size: number) => {
      asked.push(`${skip}+${size}`);
      return all.slice(skip, skip + size);
    },
  };
}

describe('allPages', () => {
  it('reads to the end', async () => {
    const { page, asked } = listOf(rows);
    expect(await allPages(100, page)).toEqual(rows);
    expect(asked).toEqual(['0+100', '100+100', '200+100']);
  });

  it('asks once more after a last page that is full', async () => {
    const { page, asked } = listOf(rows.slice(0, 200));
    expect(await allPages(100, page)).toHaveLength(200);
    expect(asked).toHaveLength(3);
  });

  it('asks once where a page is short, or empty', async () => {
    const short = listOf(rows.slice(0, 3));
    expect(await allPages(100, short.page)).toHaveLength(3);
    expect(short.asked).toHaveLength(1);
    expect(await allPages(100, listOf([]).page)).toEqual([]);
  });

  it('takes the whole list once from a vendor that knows no paging', async () => {
    let calls = 0;
    const page = async () => {
      calls += 1;
      return rows;
    };
    expect(await allPages(100, page)).toEqual(rows);
    expect(await allPages(250, page)).toEqual(rows);
    expect(calls).toBe(3);
  });
});
