import { z } from 'zod';

/** Our own ids: letters, digits, dashes and underscores, made by the service that owns the thing. */
export const HubId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .describe('An id made by the hub');

/** A vendor's id, as the vendor writes it. Never a number: leading zeros matter. */
export const ExternalId = z.string().min(1).max(200).describe('An id made by the vendor');

/** A provider's name, as in `lead-perfection`. Validated, not enumerated: provider six needs no change here. */
export const ProviderId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,40}$/)
  .describe('A provider, by the name of its folder');

/** An instant, ISO 8601 in UTC with milliseconds or seconds. */
export const Instant = z.iso.datetime().describe('An instant in UTC');

/** An IANA time zone such as America/New_York. */
export const TimeZone = z
  .string()
  .refine(isTimeZone, 'Enter an IANA time zone such as America/New_York.')
  .describe('An IANA time zone');

/** Making a formatter takes some 50 us, more than all the rest of reading an event. */
const knownZones = new Set<string>();
const mostKnownZones = 2_000;

function isTimeZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    return false;
  }
  const accepted = zone.includes('/') || zone === 'UTC';
  if (accepted && knownZones.size < mostKnownZones) knownZones.add(zone);
  return accepted;
}
