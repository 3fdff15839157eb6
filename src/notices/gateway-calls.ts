import type { DeliveryReceipt, IncomingSms } from './channels/channel.ts';

/** A gateway's call at our address, before anything in it is believed. */
export interface GatewayCall {
  /** What follows the path, from its question mark on: one gateway signs it. */
  readonly search: string;
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
}

/** How one gateway tells us one kind of thing over HTTP, and what it wants to hear once that is durable. */
export interface CallReader<T> {
  readonly method: 'GET' | 'POST';
  /** @throws DomainError when the call is not of the gateway's shape or not signed by it. */
  readonly read: (call: GatewayCall) => readonly T[];
  readonly answer: { readonly type: string; readonly body: string };
}

/** Null: this gateway has no calls of that kind. */
export interface GatewayCalls {
  readonly receipts: CallReader<DeliveryReceipt> | null;
  readonly incoming: CallReader<IncomingSms> | null;
}

/** Where gateways reach us. The key is what keeps others out, so the addresses are secrets too. */
export interface GatewayAddresses {
  readonly receipts: string;
  readonly incoming: string;
}

export const GATEWAY_PATH = '/gateways/sms';

export const gatewayAddresses = (baseUrl: string, key: string): GatewayAddresses => ({
  receipts: `${baseUrl}${GATEWAY_PATH}/${key}/receipts`,
  incoming: `${baseUrl}${GATEWAY_PATH}/${key}/incoming`,
});
