import { Router, type RequestHandler } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import { describeFields, parseForm } from '../platform/http/form-errors.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { signedIn } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import type { Administer } from './administer.ts';
import { mailboxForm, toMailbox } from './administration-forms.ts';
import { mailboxesView } from './administration.view.ts';
import type { DirectoryStore } from './directory-store.ts';

interface MailboxesDeps {
  readonly directory: Pick<DirectoryStore, 'town'>;
  readonly administer: Pick<Administer, 'saveMailbox'>;
  readonly log: Log;
}

const ADDRESS = '/administration/mailboxes';

/** The town's further mailboxes, beside its first. Mounted by the administration's router, which lets in who may. */
export function mailboxesRoutes(deps: MailboxesDeps): Router {
  const router = Router();
  router.get(ADDRESS, show(deps));
  router.post(ADDRESS, save(deps));
  return router;
}

const show =
  ({ directory }: MailboxesDeps): RequestHandler =>
  async (req, res) => {
    const town = await directory.town();
    res.render('administration/mailboxes', {
      ...mailboxesView(town, pageLocals(res).lang),
      fields: {},
      isDone: req.query['done'] === 'yes',
    });
  };

const save = (deps: MailboxesDeps): RequestHandler =>
  onForm(
    async (req, res) => {
      const mailbox = toMailbox(parseForm(mailboxForm, req.body));
      await deps.administer.saveMailbox(mailbox);
      deps.log.info({ actor: signedIn(req).id, mailbox: mailbox.id }, 'directory.mailbox-saved');
      res.redirect(303, `${ADDRESS}?done=yes`);
    },
    async (refusal: DomainError, req, res) => {
      const { t, lang } = pageLocals(res);
      res.locals.errors = describeFields(refusal.fields, t, 'administration:mailbox');
      res.status(422).render('administration/mailboxes', {
        ...mailboxesView(await deps.directory.town(), lang),
        fields: Object.fromEntries(Object.entries(req.body).filter(([, value]) => typeof value === 'string')),
        isDone: false,
      });
    },
  );
