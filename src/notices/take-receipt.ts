import type { Clock } from '../platform/clock.ts';
import type { DeliveryReceipt } from './channels/channel.ts';
import type { FailOver } from './fail-over.ts';
import type { NoticeStore } from './notice-store.ts';

/** What a gateway says later of a message it took. One that did not arrive goes the next way. */
export function makeTakeReceipt(deps: {
  notices: Pick<NoticeStore, 'confirm'>;
  failOver: FailOver;
  clock: Clock;
}) {
  return async ({ id, key, state, remark }: DeliveryReceipt): Promise<void> => {
    const at = deps.clock.now();
    const notice = await deps.notices.confirm({ key, gatewayId: id, state, at, remark });
    if (notice && state === 'failed') await deps.failOver(notice, { state, at, remark });
  };
}

export type TakeReceipt = ReturnType<typeof makeTakeReceipt>;
