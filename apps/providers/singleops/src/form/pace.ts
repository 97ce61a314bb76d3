const windowMs = 60_000;
/** More addresses than this in a minute are an attack of another kind; the oldest are forgotten. */
const mostAddresses = 10_000;

/** How often one address may send forms at this replica. Looking at the form counts nothing. */
export interface Pace {
  /** False when this address has sent enough for now. */
  takes(address: string, now: number): boolean;
}

export function createPace(mostPerMinute: number): Pace {
  const sent = new Map<string, number[]>();
  return {
    takes(address, now) {
      const lately = (sent.get(address) ?? []).filter((at) => at > now - windowMs);
      // Put back last, so that the first of the map is the one that was quiet longest.
      sent.delete(address);
      if (sent.size >= mostAddresses) sent.delete(sent.keys().next().value!);
      const takes = lately.length < mostPerMinute;
      sent.set(address, takes ? [...lately, now] : lately);
      return takes;
    },
  };
}
