import { notFound, SalesforceError } from '../records/salesforce-error.ts';

const OLDEST = 50;
const NEWEST = 67;
const SEASONS = ['Winter', 'Spring', 'Summer'];
/** Version 50.0 was Winter '21; three came every year. */
const YEAR_OF_OLDEST = 21;

/** The list of API versions, which needs no token. */
export function versionList(): { label: string; url: string; version: string }[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, at) => ({
    label: `${SEASONS[at % 3]} '${YEAR_OF_OLDEST + Math.floor(at / 3)}`,
    url: `/services/data/v${OLDEST + at}.0`,
    version: `${OLDEST + at}.0`,
  }));
}

/** Splits `/v62.0/sobjects` into its version and the rest. Throws 410 for a retired version, 404 for no version. */
export function versionOf(path: string): { version: number; path: string } {
  const [, digits, rest = ''] = /^\/v(\d+)\.0(\/.*)?$/.exec(path) ?? [];
  const version = Number(digits);
  if (digits === undefined || version > NEWEST) throw notFound();
  if (version < OLDEST) {
    throw new SalesforceError('UNSUPPORTED_API_VERSION', `API version v${version}.0 has been retired.`, {
      status: 410,
    });
  }
  return { version, path: rest.replace(/\/+$/, '') };
}
