import { Router, type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { wishOf, type MessageWish } from '../domain/letters/reach.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { parseForm } from '../platform/http/form-errors.ts';
import { keptNowhere } from '../platform/http/kept-nowhere.ts';
import { isOneClick } from '../platform/http/one-click.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import type { ChangeMessageWish } from './change-message-wish.ts';
import type { MessageKeys } from './message-keys.ts';
import { unsubscribeForm, type UnsubscribeForm } from './message-wish-forms.ts';
import type { MessageWishStore } from './message-wish-store.ts';
import { unsubscribeView } from './message-wish.view.ts';

export interface MessageWishDeps {
  readonly matters: Pick<MatterStore, 'byNumber'>;
  readonly messageWishes: Pick<MessageWishStore, 'of'>;
  readonly changeMessageWish: ChangeMessageWish;
  readonly secrets: MessageKeys;
}

/** 退订: behind the link that every mail to a writer bears. Opening it changes nothing; a button, or a mail program's post, does. */
export function messageWishRoutes(deps: MessageWishDeps): Router {
  const router = Router();
  router.use('/messages', keptNowhere);
  router.get('/messages/:number/:key', show);
  // Many writers' posts come from the few addresses of a mail provider: the link is counted, not the caller.
  router.post(
    '/messages/:number/:key',
    limitRate({ limit: 30, windowMinutes: 60, by: (req) => asText(req.params['number']) }),
    stop,
  );
  return router;

  async function show(req: Request, res: Response): Promise<void> {
    await render(req, res, await matterOf(req));
  }

  async function stop(req: Request, res: Response): Promise<void> {
    const matter = await matterOf(req);
    const { stop: what } = parseForm(unsubscribeForm, req.body);
    await deps.changeMessageWish(matter, wished(what, matter, await deps.messageWishes.of(matter.id)));
    if (isOneClick(req)) await render(req, res, matter);
    else res.redirect(303, req.path);
  }

  async function render(req: Request, res: Response, matter: Matter): Promise<void> {
    const later = await deps.messageWishes.of(matter.id);
    res.render('messages/unsubscribe', unsubscribeView(matter, asText(req.params['key']), later));
  }

  /** @throws DomainError NOT_FOUND, the same for a wrong number and a wrong key. */
  async function matterOf(req: Request): Promise<Matter> {
    const number = parseLetterNumber(asText(req.params['number']));
    const matter = number === null ? null : await deps.matters.byNumber(number);
    const isRight =
      matter && deps.secrets.isSameKey(asText(req.params['key']), deps.secrets.messagesKey(matter.id));
    if (!isRight) throw new DomainError('NOT_FOUND');
    return matter;
  }
}

function wished(
  stop: UnsubscribeForm['stop'],
  { letter }: Pick<Matter, 'letter'>,
  later: MessageWish | null,
): MessageWish {
  if (stop === 'progress') return { by: wishOf(letter, later).by, about: 'essentials' };
  if (stop === 'all') return { by: 'none', about: 'essentials' };
  const { by } = wishOf(letter, null);
  return { by: by === 'none' ? 'mail' : by, about: 'everything' };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
