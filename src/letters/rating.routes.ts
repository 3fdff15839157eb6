import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { inLanguage } from '../domain/bilingual.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { ChangeMatter } from '../matters/change-matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { MessageKeys } from '../notices/message-keys.ts';
import type { Clock } from '../platform/clock.ts';
import { describeFields } from '../platform/http/form-errors.ts';
import { keptNowhere } from '../platform/http/kept-nowhere.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import { makeActAsWriter } from './act-as-writer.ts';
import { citizenInput, textIn } from './letter-forms.ts';
import { makeFindRatedAnswer, type RatedAnswer } from './rate-by-link.ts';

export interface RatingDeps {
  readonly matters: Pick<MatterStore, 'byId' | 'byNumber' | 'joinedTo'>;
  readonly changeMatter: ChangeMatter;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly secrets: Pick<MessageKeys, 'ratingKey' | 'isSameKey'>;
  readonly clock: Clock;
}

/**
 * 评价: behind the link of the invitation. Mail scanners open links and even send forms again: the link bears no score,
 * nothing is chosen beforehand, and the first rating stands.
 */
export function ratingRoutes(deps: RatingDeps): Router {
  const findAnswer = makeFindRatedAnswer(deps);
  const actAsWriter = makeActAsWriter(deps);

  const router = Router();
  router.use('/rate', keptNowhere);
  router.get('/rate/:number/:key', async (req, res) => render(req, res, await answerOf(req)));
  router.post(
    '/rate/:number/:key',
    limitRate({ limit: 30, windowMinutes: 60, by: (req) => asText(req.params['number']) }),
    onForm(rate, showAgain),
  );
  return router;

  async function rate(req: Request, res: Response): Promise<void> {
    const { matter, state } = await answerOf(req);
    // Too late, or rated meanwhile: the page says so.
    if (state === 'open') await actAsWriter(matter, 'rate', citizenInput('rate', req.body));
    res.redirect(303, req.path);
  }

  async function showAgain({ fields }: DomainError, req: Request, res: Response): Promise<void> {
    res.status(422);
    const errors = describeFields(fields, pageLocals(res).t, 'letters:mine');
    await render(req, res, await answerOf(req), { errors });
  }

  /** Who opens the link may be somebody else: no word of the letter, and none of its answer. */
  async function render(req: Request, res: Response, answer: RatedAnswer, more: object = {}): Promise<void> {
    const unit = (await deps.directory.units()).find(({ id }) => id === answer.unit);
    const typed = (field: string) => textIn(req.body, field);
    res.render('letters/rate', {
      number: answer.matter.number,
      unit: unit ? inLanguage(pageLocals(res).lang, unit.name) : '',
      answeredAt: answer.answeredAt,
      state: answer.state,
      address: req.path,
      typed: { overall: typed('overall'), solved: typed('solved'), words: typed('words') },
      ...more,
    });
  }

  async function answerOf(req: Request): Promise<RatedAnswer> {
    const answer = await findAnswer(asText(req.params['number']), asText(req.params['key']));
    if (!answer) throw new DomainError('NOT_FOUND');
    return answer;
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
