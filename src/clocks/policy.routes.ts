import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { policyName, type ClockPolicy } from '../domain/clocks/clock-policy.ts';
import { PROFILES } from '../domain/clocks/policy-profiles.ts';
import type { Mailbox } from '../domain/directory/directory.ts';
import { dayOf, type Day } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Clock } from '../platform/clock.ts';
import { parseForm } from '../platform/http/form-errors.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import type { ChangePolicy, PolicyDraft } from './change-policy.ts';
import type { GetTownTimes } from './get-town-times.ts';
import { toDraft } from './policy-draft.ts';
import { policyFields, type Typed } from './policy-fields.ts';
import { describePolicy, draftOrigin, parsePolicy, typedPolicy, type DraftOrigin } from './policy-forms.ts';
import type { PolicyStore } from './policy-store.ts';
import { hiddenFields, nameOf, policyFormView, policyView, previewView } from './policy.view.ts';
import { countedIn, inAddress } from './sum-forms.ts';

export interface PolicyRoutesDeps {
  readonly policies: Pick<PolicyStore, 'versions'>;
  readonly changePolicy: ChangePolicy;
  readonly getTownTimes: GetTownTimes;
  readonly directory: Pick<DirectoryStore, 'town' | 'people'>;
  readonly clock: Clock;
  readonly log: Log;
}

const HOME = '/administration/policy';

/** Time limits and ladder: shown, changed in a form, looked at, then saved as a new version. */
export function policyRoutes(deps: PolicyRoutesDeps): Router {
  const router = Router();
  router.use(HOME, signInFirst, needsRight('administer'));
  router.get(HOME, showPolicy);
  router.get(`${HOME}/change`, showForm);
  // Back from the preview, with all that was typed.
  router.post(`${HOME}/change`, async (req, res) =>
    renderForm(req, res, typedPolicy(req.body, await mailboxes())),
  );
  router.post(`${HOME}/preview`, onForm(showPreview, showFormAgain));
  router.post(`${HOME}/adopt`, onForm(adopt, showFormAgain, ['INVALID_INPUT', 'STALE']));
  return router;

  async function mailboxes(): Promise<readonly Mailbox[]> {
    return (await deps.directory.town())?.mailboxes ?? [];
  }

  async function standing() {
    const times = await deps.getTownTimes();
    return {
      times,
      versions: await deps.policies.versions(),
      mailboxes: await mailboxes(),
      today: dayOf(deps.clock.now(), times.calendar.zone),
    };
  }

  async function showPolicy(req: Request, res: Response): Promise<void> {
    const facts = { ...(await standing()), people: await deps.directory.people() };
    res.render('administration/policy', {
      ...policyView(facts, pageLocals(res).t),
      isSaved: req.query['saved'] === 'yes',
      counted: countedIn(req.query),
    });
  }

  async function showForm(req: Request, res: Response): Promise<void> {
    const { times, versions, today, mailboxes: boxes } = await standing();
    const asked = typeof req.query['from'] === 'string' ? req.query['from'] : 'current';
    const base = asked === 'current' ? times.policyOn(today) : policyNamed(asked, versions);
    const last = versions.at(-1);
    const origin = { base: policyName(base), after: last ? policyName(last.policy) : '' };
    const given = { ...origin, baseName: base.name, mailboxes: boxes };
    const view = policyFormView(policyFields(base, boxes), given, pageLocals(res).lang);
    res.render('administration/policy-form', view);
  }

  async function renderForm(req: Request, res: Response, typed: Typed): Promise<void> {
    const { origin, base } = await begun(req);
    const given = { ...origin, baseName: base.name, mailboxes: await mailboxes() };
    res.render('administration/policy-form', policyFormView(typed, given, pageLocals(res).lang));
  }

  /** What the draft in a form began with. */
  async function begun(req: Request): Promise<{ origin: DraftOrigin; base: ClockPolicy }> {
    const origin = parseForm(draftOrigin, req.body);
    return { origin, base: policyNamed(origin.base, await deps.policies.versions()) };
  }

  async function draftIn(req: Request, today: Day): Promise<PolicyDraft> {
    const { base } = await begun(req);
    const boxes = await mailboxes();
    return toDraft(base.id, parsePolicy(typedPolicy(req.body, boxes), today, boxes), today);
  }

  async function showPreview(req: Request, res: Response): Promise<void> {
    const facts = await standing();
    const draft = await draftIn(req, facts.today);
    const sum = await deps.changePolicy.preview(draft);
    const { origin } = await begun(req);
    res.render('administration/policy-preview', {
      ...previewView({ ...draft, version: 0 }, sum, facts, pageLocals(res).t),
      fields: hiddenFields({ ...typedPolicy(req.body, facts.mailboxes), ...origin }),
    });
  }

  async function adopt(req: Request, res: Response): Promise<void> {
    const { today } = await standing();
    const draft = await draftIn(req, today);
    const { origin } = await begun(req);
    const movesRunning = req.body['running'] === 'move';
    const actor = signedIn(req);
    const sum = await deps.changePolicy.adopt(draft, { after: origin.after || null, movesRunning }, actor);
    deps.log.info({ actor: actor.id, policy: draft.id, movesRunning }, 'clocks.policy-adopted');
    res.redirect(303, `${HOME}?saved=yes${sum ? `&${inAddress(sum)}` : ''}`);
  }

  /** Nothing typed is lost; after somebody else's version, the next try is a decision with open eyes. */
  async function showFormAgain(refusal: DomainError, req: Request, res: Response): Promise<void> {
    const { t, lang } = pageLocals(res);
    const { origin, base } = await begun(req);
    const boxes = await mailboxes();
    const typed = typedPolicy(req.body, boxes);
    if (refusal.code !== 'STALE') {
      const errors = describePolicy(refusal, t, boxes);
      const given = { ...origin, baseName: base.name, mailboxes: boxes };
      res.status(422);
      res.render('administration/policy-form', { ...policyFormView(typed, given, lang), errors });
      return;
    }
    const last = (await deps.policies.versions()).at(-1);
    const by = nameOf(await deps.directory.people(), t);
    const now = {
      ...origin,
      after: last ? policyName(last.policy) : '',
      baseName: base.name,
      mailboxes: boxes,
    };
    res.status(409);
    res.render('administration/policy-form', {
      ...policyFormView(typed, now, lang),
      meanwhile: last && { by: by(last.by), at: last.at, version: policyName(last.policy) },
    });
  }
}

/** `id@version`, or the id of a shipped profile. @throws DomainError NOT_FOUND */
function policyNamed(name: string, versions: readonly { readonly policy: ClockPolicy }[]): ClockPolicy {
  const known = [...versions.map(({ policy }) => policy), ...PROFILES];
  const found = known.find((policy) => policyName(policy) === name) ?? PROFILES.find(({ id }) => id === name);
  if (!found) throw new DomainError('NOT_FOUND');
  return found;
}
