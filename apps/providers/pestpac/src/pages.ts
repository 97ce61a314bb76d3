/**
 * Reads page after page, until one is shorter than what was asked for. A list that is known to be whole lets `find` say
 * that something is not there.
 */
export async function allPages<Row>(
  size: number,
  page: (skip: number, size: number) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const more = await page(rows.length, size);
    // A vendor that knows no paging gives the same first page for ever.
    if (rows.length > 0 && JSON.stringify(more[0]) === JSON.stringify(rows[0])) return rows;
    rows.push(...more);
    if (more.length < size || more.length > size) return rows;
  }
}
