import { Router } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import type { Clock } from '../platform/clock.ts';
import { signedIn } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import type { Scheduler } from '../platform/scheduler.ts';
import { jobsView } from './jobs.view.ts';

export interface JobsDeps {
  readonly scheduler: Pick<Scheduler, 'state' | 'runSoon'>;
  readonly clock: Clock;
  readonly log: Log;
}

const HOME = '/administration/jobs';

/** What runs by the clock, how it stands, and a button to have it run now. For whoever may see the administration. */
export function jobsRoutes({ scheduler, clock, log }: JobsDeps): Router {
  const router = Router();
  router.get(HOME, async (req, res) => {
    const asked = typeof req.query['asked'] === 'string' ? req.query['asked'] : '';
    res.render('administration/jobs', jobsView(await scheduler.state(), clock.now(), asked));
  });
  router.post(`${HOME}/:name/run`, async (req, res) => {
    const { name } = req.params;
    if (!(await scheduler.runSoon(name))) throw new DomainError('NOT_FOUND');
    log.info({ actor: signedIn(req).id, job: name }, 'job.asked-for');
    res.redirect(303, `${HOME}?asked=${encodeURIComponent(name)}`);
  });
  return router;
}
