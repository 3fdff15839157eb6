import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { DomainError } from '../domain/domain-error.ts';
import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { hasRight, mayRead } from '../domain/permissions/permissions.ts';
import type { AttachmentStore } from '../letters/attachment-store.ts';
import type { MessageWishStore } from '../notices/message-wish-store.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { Clock } from '../platform/clock.ts';
import { refusalMessage, statusOf, wantsJson } from '../platform/http/error-handler.ts';
import { describeFields, parseForm } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import type { FactStore } from '../statistics/fact-store.ts';
import type { CardStore } from '../supervision/card-store.ts';
import { isDeskAction, type DeskActionName } from './desk-actions.ts';
import type { Refused } from './desk-buttons.view.ts';
import {
  DESK_LIMITS,
  fieldName,
  listGiven,
  parseDeskForm,
  REPLY_RESOLUTIONS,
  typedFields,
  worklistForm,
} from './desk-forms.ts';
import { onBoardView } from './matter-history.view.ts';
import { matterPageView } from './matter-page.view.ts';
import type { MatterStore } from './matter-store.ts';
import { makeOpenMatterFile, makeReadMatter } from './open-matter-file.ts';
import type { FindRepeats } from './likely-repeats.ts';
import type { PerformDeskAction } from './perform-desk-action.ts';
import { makeOpenDesk } from './worklist.ts';
import { worklistView } from './worklist.view.ts';

interface DeskDeps {
  readonly matters: MatterStore;
  readonly directory: DirectoryStore;
  readonly attachments: AttachmentStore;
  readonly notices: NoticeStore;
  readonly messageWishes: Pick<MessageWishStore, 'of'>;
  readonly facts: FactStore;
  readonly cards: Pick<CardStore, 'ofMatter'>;
  readonly performDeskAction: PerformDeskAction;
  readonly findRepeats: FindRepeats;
  readonly getTownTimes: GetTownTimes;
  readonly clock: Clock;
  readonly log: Log;
}

export function deskRoutes(deps: DeskDeps): Router {
  const router = Router();
  const staffOnly = [signInFirst, needsRight('workAtDesk')];
  router.get('/desk', staffOnly, showDesk(deps));
  router.get('/desk/:id', staffOnly, showMatter(deps));
  router.get('/desk/:id/attachments/:place', staffOnly, sendAttachment(deps));
  router.post('/desk/:id/:action', staffOnly, perform(deps));
  return router;
}

function showDesk(deps: DeskDeps): RequestHandler {
  const openDesk = makeOpenDesk(deps);
  return async (req, res) => {
    const actor = signedIn(req);
    const asked = parseForm(worklistForm, req.query);
    const found = asked.find ? await findByNumber(asked.find, deps, req) : null;
    if (found) {
      res.redirect(303, found);
      return;
    }
    const { lang } = pageLocals(res);
    const units = await deps.directory.units();
    const { calendar } = await deps.getTownTimes();
    const reader = { actor, units, lang, now: deps.clock.now(), calendar };
    const onBoard = (await deps.notices.onBoardOf(actor.id)).map(onBoardView);
    const view = worklistView(await openDesk(asked, actor), asked, reader);
    res.render('desk/desk', { ...view, onBoard });
  };
}

/** A number typed into the desk's search: the address of its matter, if this person may open it. */
async function findByNumber(typed: string, { matters }: DeskDeps, req: Request): Promise<string | null> {
  const number = parseLetterNumber(typed);
  const matter = number === null ? null : await matters.byNumber(number);
  return matter && mayRead(signedIn(req), matter) ? `/desk/${encodeURIComponent(matter.id)}` : null;
}

const showMatter =
  (deps: DeskDeps): RequestHandler =>
  async (req, res) => {
    await renderMatter(deps, req, res, null);
  };

async function renderMatter(
  deps: DeskDeps,
  req: Request,
  res: Response,
  refused: (Refused & { readonly message: string | null }) | null,
): Promise<void> {
  const actor = signedIn(req);
  const { lang } = pageLocals(res);
  const file = await makeOpenMatterFile(deps)(idOf(req), actor);
  const done = req.method === 'GET' ? textOf(req.query['done']) : '';
  const town = (await deps.getTownTimes()).forMatter(file.matter);
  const page = matterPageView(file, { actor, lang, town }, refused);
  res.render('desk/matter', {
    ...page,
    list: listOf(req),
    done: isDeskAction(done) ? done : null,
    refusal: refused && {
      action: refused.action,
      code: refused.code,
      message: refused.message,
      // Its form may be gone with the state it belonged to; the words must not be.
      lost: page.buttons.some(({ name, obstacle }) => name === refused.action && obstacle === null)
        ? []
        : Object.values(refused.typed).filter(
            (value): value is string => typeof value === 'string' && value.length > 3,
          ),
    },
    resolutions: REPLY_RESOLUTIONS,
    limits: DESK_LIMITS,
  });
}

const idOf = (req: Request): string => textOf(req.params['id']);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const listOf = (req: Request): string => listGiven(req.method === 'GET' ? req.query['list'] : req.body.list);

const perform =
  (deps: DeskDeps): RequestHandler =>
  async (req, res) => {
    const { action } = req.params;
    if (typeof action !== 'string' || !isDeskAction(action)) throw new DomainError('NOT_FOUND');
    const actor = signedIn(req);
    const id = idOf(req);
    // Whoever may not know of a matter is told nothing about its forms either.
    const { number } = await makeReadMatter(deps)(id, actor);
    try {
      await deps.performDeskAction(parseDeskForm(action, id, req.body), actor);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (!isForThePage(error, req)) throw inWordsOfTheForm(action, error);
      await tellOnThePage(deps, req, res, action, error);
      return;
    }
    deps.log.info({ actor: actor.id, number, action }, 'desk.done');
    const list = new URLSearchParams({ done: action, list: listOf(req) });
    // Ten letters are compared one after the other: whoever held one out goes on with the next.
    const page = action === 'holdOut' ? '/repeats' : '';
    res.redirect(303, `/desk/${encodeURIComponent(id)}${page}?${list.toString()}`);
  };

/** Refusals that belong beside the form they answer, not on a page of their own. */
const isForThePage = ({ code, params }: DomainError, req: Request): boolean =>
  code !== 'NOT_FOUND' && params['because'] !== 'unreadable' && !wantsJson(req);

/** A refusal with its fields named as on the page, and where their words lie. */
function inWordsOfTheForm(action: DeskActionName, { code, fields, params }: DomainError): DomainError {
  return new DomainError(code, { fields: asNamed(action, fields), params: { ...params, form: 'desk:do' } });
}

/** What a use case found wrong has the field's own name, without its action. */
const asNamed = (action: DeskActionName, fields: DomainError['fields']): DomainError['fields'] =>
  fields.map((each) => (each.field.includes('.') ? each : { ...each, field: fieldName(action, each.field) }));

/** Codes that are about one field of the action's form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  CONFIRMATION_NEEDED: 'confirmation',
  EXTENSION_TOO_LONG: 'days',
  JOIN_NOT_POSSIBLE: 'other',
  ACCUSED_UNIT: 'unit',
  ACCUSED_HAS_IT: 'accused',
};

/** The page once more, with what was typed: a wrong field is named, and who came second sees what the first one did. */
async function tellOnThePage(
  deps: DeskDeps,
  req: Request,
  res: Response,
  action: DeskActionName,
  refusal: DomainError,
): Promise<void> {
  const { t } = pageLocals(res);
  const field = FIELD_OF[refusal.code];
  res.locals.errors = field
    ? [{ field: fieldName(action, field), message: refusalMessage(refusal, t) }]
    : describeFields(asNamed(action, refusal.fields), t, 'desk:do');
  res.status(refusal.code === 'INVALID_INPUT' ? 422 : statusOf(refusal.code));
  await renderMatter(deps, req, res, {
    action,
    typed: typedFields(action, req.body),
    code: refusal.code,
    message: res.locals.errors.length > 0 ? null : refusalMessage(refusal, t),
  });
}

const sendAttachment =
  (deps: DeskDeps): RequestHandler =>
  async (req, res) => {
    const actor = signedIn(req);
    const { letter, number } = await makeReadMatter(deps)(idOf(req), actor);
    // A picture or a form shows who sent it.
    if (!hasRight(actor, 'seeContactData')) throw new DomainError('FORBIDDEN');
    const place = textOf(req.params['place']);
    const known = /^[1-9]\d?$/.test(place) ? letter.attachments[Number(place) - 1] : undefined;
    const stored = known && (await deps.attachments.get(known.id));
    if (!known || !stored) throw new DomainError('NOT_FOUND');
    deps.log.info({ actor: actor.id, number, place }, 'attachment.read');
    // Named and typed by us: what a sender called a file never reaches a browser or a disk.
    res.attachment(`${number}-${place}${endingOf(known.name)}`);
    res.type('application/octet-stream');
    res.send(stored.bytes);
  };

const endingOf = (name: string): string => /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0].toLowerCase() ?? '';
