import { type Clock, systemClock } from '@occ-hub/service';

const minutes = 60_000;

/**
 * A clock that starts so many minutes past a quarter of an hour, less than a quarter behind the machine's. With minutes
 * that no schedule names soon after, every poll is one that the test asked for.
 */
export function quietClock(minutesPastTheQuarter: number): Clock {
  const behind = (systemClock() - minutesPastTheQuarter * minutes) % (15 * minutes);
  return () => systemClock() - behind;
}
