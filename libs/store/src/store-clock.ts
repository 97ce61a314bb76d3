/**
 * The store's own clock in an expression: epoch milliseconds, for pipelines of updates and for `$expr`. Every replica of
 * a service sees the same one; the clocks of the replicas themselves need not agree.
 */
export const storeNow = { $toLong: '$$NOW' };
