// What LeadConduit's own library leaves out of a lead, too.
const patterns = [
  /^(timestamp|timeout_seconds|random)$/,
  /^(flow|source|account|recipient|submission)\./,
  /^lead\.id/,
  /\.(outcome|reason|billable)$/,
];

/** True for a variable (by its dotted name) that is about the lead's way and must not be delivered as the lead's data. */
export function isMetadata(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
