import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { DomainError } from '../domain/domain-error.ts';
import { describeFields, invalidInput } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { noticesRoutes } from './notices.routes.ts';
import { homeRoutes, type HomeDeps } from './home.routes.ts';
import type { PublicLetterStore } from './public-letter-store.ts';
import type { PublicNoticeStore } from './public-notice-store.ts';
import { listView, PER_PAGE, publicLetterView } from './publication.view.ts';
import { searchForm } from './search-forms.ts';

export interface PublicationDeps extends HomeDeps {
  readonly publicLetters: PublicLetterStore;
  readonly publicNotices: Pick<PublicNoticeStore, 'latest' | 'byId'>;
  readonly directory: Pick<DirectoryStore, 'town' | 'units'>;
}

/** 公开答复: what everyone may read. Only public letters are ever looked at here. */
export function publicationRoutes(deps: PublicationDeps): Router {
  const { publicLetters, directory } = deps;

  const router = Router();
  router.use(homeRoutes(deps));
  router.use(noticesRoutes(deps));
  router.get('/answers', showList);
  router.get('/answers/:number', showLetter);
  return router;

  async function showList(req: Request, res: Response): Promise<void> {
    const { lang, t } = pageLocals(res);
    const { value, error } = searchForm.validate(req.query, { abortEarly: false, stripUnknown: true });
    const units = await directory.units();
    if (error) {
      const typed = {
        words: textIn(req.query['words']),
        unit: textIn(value?.unit),
        kind: '',
        page: 1,
      } as const;
      const errors = describeFields(invalidInput(error).fields, t, 'publication:search');
      res.status(422);
      res.render('publication/list', {
        ...listView(typed, { items: [], total: 0 }, { lang, units }),
        errors,
      });
      return;
    }
    const { words, unit, kind, page } = value;
    const query = { words, unit: unit || null, kind: kind || null, page, perPage: PER_PAGE };
    res.render('publication/list', {
      ...listView(value, await publicLetters.list(query), { lang, units }),
      errors: [],
    });
  }

  async function showLetter(req: Request, res: Response): Promise<void> {
    const letter = await publicLetters.byNumber(textIn(req.params['number']));
    if (!letter) throw new DomainError('NOT_FOUND');
    const units = await directory.units();
    res.render('publication/letter', publicLetterView(letter, { lang: pageLocals(res).lang, units }));
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
