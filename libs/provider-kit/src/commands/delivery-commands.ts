import { abortDelivery, chooseDelivery, getDelivery, replayDeliveries, searchDeliveries } from '@occ-hub/contracts';
import { detailOf, summaryOf } from '../ledger/delivery.ts';
import type { Desks } from './desks.ts';
import { handles } from './handler.ts';

/** Looking into the ledger and putting parked work right. */
export const deliveryCommands = ({ desk, choices }: Desks) => [
  handles(searchDeliveries, async (ask) => {
    const { deliveries, next } = await desk.search(ask);
    return { deliveries: deliveries.map(summaryOf), ...(next === undefined ? {} : { next_cursor: next }) };
  }),
  handles(getDelivery, async (ask) => ({ delivery: detailOf(await desk.get(ask)) })),
  handles(replayDeliveries, async ({ send_again: sendAgain, ...ask }) => {
    const { replayed, skipped, more } = await desk.replay({ ...ask, sendAgain });
    return { replayed: [...replayed], skipped: [...skipped], planned: ask.plan, more };
  }),
  handles(chooseDelivery, async (ask) => ({ delivery: summaryOf(await choices.choose(ask)) })),
  handles(abortDelivery, async (ask) => ({ delivery: summaryOf(await desk.abort(ask)) })),
];
