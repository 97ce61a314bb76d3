export { connectStore, openStore, pingStore, type Store, type StoreAddress } from './connect-store.ts';
export { decodeCursor, encodeCursor, type Place } from './cursor.ts';
export { duplicatesOf, isDuplicateKey, isOnlyDuplicates } from './duplicate-key.ts';
export { createJoinedWrites, type JoinedWrites } from './joined-writes.ts';
export { createLeases, type Lease, type Leases } from './lease.store.ts';
export { literalPattern } from './literal-pattern.ts';
export { storeNow } from './store-clock.ts';
export { storeFault, withStoreFaults } from './store-fault.ts';
