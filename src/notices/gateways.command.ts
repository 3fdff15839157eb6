import { UsageError, type Command } from '../platform/console.ts';
import type { GatewayAddresses, GatewayCalls } from './gateway-calls.ts';
import { isLocal } from './outbox-troubles.ts';

interface Gateways {
  readonly gatewayAddresses: GatewayAddresses;
  /** Null: none is set, or it tells everything over its own line. */
  readonly gatewayCalls: GatewayCalls | null;
}

/** `npm run -s gateways`: the addresses to enter at the SMS gateway, as one JSON document. They are secrets: they go nowhere else. */
export const gatewaysCommand: Command<Gateways> = async ({ args, say, console }) => {
  if (args.length > 0) throw new UsageError(say('commands:unexpected', { what: args.join(' ') }));
  return async ({ gatewayAddresses, gatewayCalls }) => {
    if (gatewayCalls === null) console.note(say('commands:gateways.notCalled'));
    if (isLocal(gatewayAddresses.receipts)) console.note(say('commands:gateways.local'));
    console.result(JSON.stringify(gatewayAddresses, null, 2));
    return 0;
  };
};
