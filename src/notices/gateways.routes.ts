import express, { Router, type RequestHandler } from 'express';
import { requestLog } from '../platform/http/request-log.ts';
import type { Log } from '../platform/log.ts';
import { sameSecret } from '../platform/same-secret.ts';
import type { GatewayListener } from './channels/channel.ts';
import { GATEWAY_PATH, type CallReader, type GatewayCalls } from './gateway-calls.ts';

/** A gateway tells of a few hundred messages at once. */
const BODY_LIMIT = '256kb';

export interface GatewaysDeps {
  /** Null: no gateway calls us over HTTP. */
  readonly gatewayCalls: GatewayCalls | null;
  readonly gatewayListener: GatewayListener;
  readonly secrets: { gatewayKey(): string };
  readonly log: Log;
}

/**
 * Where gateways tell of receipts and of messages that came in. Machines call here, not browsers: mounted before the
 * platform, so that no session, language, form parser or check of the origin stands in their way, and for no other path.
 * A wrong key goes on to where nothing is, as any unknown address.
 */
export function gatewaysRoutes({ gatewayCalls, gatewayListener, secrets, log }: GatewaysDeps): Router {
  const router = Router();
  if (!gatewayCalls) return router;
  const key = secrets.gatewayKey();
  const before: RequestHandler[] = [
    (req, _res, next) => next(sameSecret(String(req.params['key']), key) ? undefined : 'route'),
    requestLog(log),
    express.raw({ type: () => true, limit: BODY_LIMIT }),
  ];

  function take<T>(
    kind: keyof GatewayCalls,
    reader: CallReader<T> | null,
    keep: (one: T) => Promise<void>,
  ): void {
    if (!reader) return;
    const handler: RequestHandler = async (req, res) => {
      const { search } = new URL(req.originalUrl, 'http://here.invalid');
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const found = reader.read({ search, header: (name) => req.get(name), body });
      // One after the other: the gateway hears yes only once all of them are kept, and else sends them again.
      for (const one of found) await keep(one);
      res.set('Cache-Control', 'no-store').type(reader.answer.type).send(reader.answer.body);
    };
    const path = `${GATEWAY_PATH}/:key/${kind}`;
    // A reader that takes a GET says why.
    if (reader.method === 'GET') router.get(path, ...before, handler);
    else router.post(path, ...before, handler);
  }

  take('receipts', gatewayCalls.receipts, (receipt) => gatewayListener.receipt(receipt));
  take('incoming', gatewayCalls.incoming, (message) => gatewayListener.incoming(message));
  return router;
}
