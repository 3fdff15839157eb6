import { UsageError, type Command } from '../platform/console.ts';
import type { GatewayAddresses } from './gateway-calls.ts';

/** `npm run -s gateways`: the addresses to enter at the SMS gateway, as one JSON document. They are secrets: they go nowhere else. */
export const gatewaysCommand: Command<{ readonly gatewayAddresses: GatewayAddresses }> = async ({
  args,
  say,
  console,
}) => {
  if (args.length > 0) throw new UsageError(say('commands:unexpected', { what: args.join(' ') }));
  return async ({ gatewayAddresses }) => {
    console.result(JSON.stringify(gatewayAddresses, null, 2));
    return 0;
  };
};
