import { Router, type Request, type RequestHandler } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { statusOf } from '../platform/http/error-handler.ts';
import { describeFields, parseForm, type FieldMessage } from '../platform/http/form-errors.ts';
import { ownPath } from '../platform/http/language.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import { signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import { PASSWORD_LIMITS, passwordForm, signInForm } from './account-forms.ts';
import { homeOf, pageUser } from './accounts.view.ts';
import { makeChangePassword } from './change-password.ts';
import type { CredentialStore } from './credential-store.ts';
import { actorOf, markOf, type Passwords, type SignIn } from './sign-in.ts';

declare module 'express-session' {
  interface SessionData {
    /** Of the password the session was opened with: a new password ends the sessions of the old one. */
    passwordMark?: string;
  }
}

interface AccountsDeps {
  readonly directory: Pick<DirectoryStore, 'person' | 'units'>;
  readonly credentials: CredentialStore;
  readonly passwords: Passwords;
  readonly signIn: SignIn;
  readonly log: Log;
}

const TRIES = { limit: 10, windowMinutes: 15, failuresOnly: true } as const;
/** From everywhere: above what one address may try, so that one address cannot shut a colleague out. */
const TRIES_ON_NAME = { ...TRIES, limit: 50 } as const;

export function accountsRoutes(deps: AccountsDeps): Router {
  const router = Router();
  const perAddress = limitRate(TRIES);
  const perName = limitRate({
    ...TRIES_ON_NAME,
    by: ({ body }) => `name ${textOf(body.username).trim().toLowerCase()}`,
  });
  const perPerson = limitRate({ ...TRIES, by: (req) => `person ${signedIn(req).id}` });

  router.use(recogniseStaff(deps));
  router.get('/sign-in', showSignIn);
  router.post('/sign-in', perAddress, perName, signIn(deps));
  router.post('/sign-out', signOut);
  router.get('/account/password', signInFirst, showPassword);
  router.post('/account/password', perPerson, changePassword(deps));
  return router;
}

/** Session → person → actor, anew with every request: a changed role or password counts at once. */
const recogniseStaff =
  ({ directory, credentials }: AccountsDeps): RequestHandler =>
  async (req, res, next) => {
    const { userId, passwordMark } = req.session;
    const person = userId ? await directory.person(userId) : null;
    const hash = person && (await credentials.hashOf(person.id));
    if (person && hash && markOf(hash) === passwordMark) {
      req.actor = actorOf(person);
      res.locals.user = pageUser(person, await directory.units(), pageLocals(res).lang);
    }
    next();
  };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const showSignIn: RequestHandler = (req, res) => {
  const back = textOf(req.query['back']);
  if (req.actor) res.redirect(303, back ? ownPath(back) : homeOf(req.actor));
  else res.render('accounts/sign-in', { username: '', back: back ? ownPath(back) : '' });
};

const signIn = (deps: AccountsDeps): RequestHandler =>
  onForm(
    async (req, res) => {
      const { username, password, back } = parseForm(signInForm, req.body);
      const person = await deps.signIn(username, password);
      const hash = (await deps.credentials.hashOf(person.id)) ?? '';
      await startSession(req, person.id, hash);
      deps.log.info({ actor: person.id }, 'account.signed-in');
      res.redirect(303, back ? ownPath(back) : homeOf(person));
    },
    (refusal, req, res) => {
      const { t } = pageLocals(res);
      const isWrong = refusal.code === 'WRONG_CODE';
      const errors: readonly FieldMessage[] = isWrong
        ? [{ field: 'username', message: t('accounts:signIn.wrong') }]
        : describeFields(refusal.fields, t, 'accounts:signIn');
      const back = textOf(req.body.back);
      res.status(isWrong ? statusOf('WRONG_CODE') : 422);
      res.render('accounts/sign-in', {
        username: textOf(req.body.username),
        back: back ? ownPath(back) : '',
        errors,
      });
    },
    ['INVALID_INPUT', 'WRONG_CODE'],
  );

/** A session that existed before signing in may be known to somebody else: it is thrown away. */
async function startSession(req: Request, personId: string, hash: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  req.session.userId = personId;
  req.session.passwordMark = markOf(hash);
}

const signOut: RequestHandler = (req, res, next) => {
  req.session.destroy((error: unknown) => {
    if (error) next(error);
    else res.redirect(303, '/');
  });
};

const showPassword: RequestHandler = (req, res) => {
  signedIn(req);
  res.render('accounts/password', { isChanged: req.query['done'] === 'yes', least: PASSWORD_LIMITS.min });
};

const changePassword = (deps: AccountsDeps): RequestHandler => {
  const change = makeChangePassword(deps);
  return onForm(
    async (req, res) => {
      const actor = signedIn(req);
      const { current, next } = parseForm(passwordForm, req.body);
      await startSession(req, actor.id, await change(actor.id, current, next));
      deps.log.info({ actor: actor.id }, 'account.password-changed');
      res.redirect(303, '/account/password?done=yes');
    },
    (refusal, _req, res) => {
      const errors = describeFields(refusal.fields, pageLocals(res).t, 'accounts:password');
      res.status(422).render('accounts/password', { isChanged: false, least: PASSWORD_LIMITS.min, errors });
    },
  );
};
