import { describe, expect, it } from 'vitest';
import { TimeZone } from './ids.ts';

describe('TimeZone', () => {
  it('takes IANA zones and UTC, and refuses abbreviations, offsets and inventions, however often it is asked', () => {
    const accepted = (zone: string) => TimeZone.safeParse(zone).success;
    for (const zone of ['America/New_York', 'UTC', 'America/Phoenix', 'America/New_York'])
      expect(accepted(zone)).toBe(true);
    for (const zone of ['EST', '+05:00', 'Mars/Olympus', '', 'Mars/Olympus']) expect(accepted(zone)).toBe(false);
  });
});
