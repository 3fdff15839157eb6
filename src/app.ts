import express, { type Express, type RequestHandler } from 'express';
import { accountsRoutes } from './accounts/accounts.routes.ts';
import { calendarRoutes } from './clocks/calendar.routes.ts';
import { policyRoutes } from './clocks/policy.routes.ts';
import { boardRoutes } from './dashboard/board.routes.ts';
import { administrationRoutes } from './directory/administration.routes.ts';
import { directoryRoutes } from './directory/directory.routes.ts';
import { lettersRoutes } from './letters/letters.routes.ts';
import { messageWishRoutes } from './notices/message-wish.routes.ts';
import { deskRoutes } from './matters/desk.routes.ts';
import type { WebPlatform } from './platform/http/web-platform.ts';
import { gatewaysRoutes } from './notices/gateways.routes.ts';
import { boardOfNoticesRoutes } from './notices/board.routes.ts';
import { publicationRoutes } from './publication/publication.routes.ts';
import { hotRoutes } from './repeats/hot.routes.ts';
import { repeatsRoutes } from './repeats/repeats.routes.ts';
import { followRoutes } from './repeats/follow.routes.ts';
import { statisticsRoutes } from './statistics/statistics.routes.ts';
import { supervisionRoutes } from './supervision/supervision.routes.ts';

/** What the routers ask for, each of its own. */
type AppServices = Parameters<typeof accountsRoutes>[0] &
  Parameters<typeof lettersRoutes>[0] &
  Parameters<typeof publicationRoutes>[0] &
  Parameters<typeof followRoutes>[0] &
  Parameters<typeof messageWishRoutes>[0] &
  Parameters<typeof statisticsRoutes>[0] &
  Parameters<typeof directoryRoutes>[0] &
  Parameters<typeof administrationRoutes>[0] &
  Parameters<typeof policyRoutes>[0] &
  Parameters<typeof calendarRoutes>[0] &
  Parameters<typeof boardRoutes>[0] &
  Parameters<typeof deskRoutes>[0] &
  Parameters<typeof hotRoutes>[0] &
  Parameters<typeof boardOfNoticesRoutes>[0] &
  Parameters<typeof gatewaysRoutes>[0] &
  Parameters<typeof supervisionRoutes>[0] &
  Parameters<typeof repeatsRoutes>[0];

/** Express: the platform's middleware, the modules' routers, the error handler, in order. */
export function makeApp(
  services: AppServices,
  makePlatform: (app: Express) => WebPlatform,
): { app: Express; session: RequestHandler } {
  const app = express();
  const web = makePlatform(app);
  // Machines call here: no session, no form, no check of the origin.
  app.use(gatewaysRoutes(services));
  app.use(...web.before);
  // First of the modules: it says who is signed in.
  app.use(accountsRoutes(services));
  app.use(lettersRoutes(services));
  app.use(publicationRoutes(services));
  app.use(followRoutes(services));
  app.use(messageWishRoutes(services));
  app.use(statisticsRoutes(services));
  app.use(directoryRoutes(services));
  app.use(administrationRoutes(services));
  app.use(policyRoutes(services));
  app.use(calendarRoutes(services));
  app.use(boardRoutes(services));
  // Before the desk, where /desk/hot would be the name of a matter.
  app.use(hotRoutes(services));
  app.use(boardOfNoticesRoutes(services));
  app.use(deskRoutes(services));
  app.use(repeatsRoutes(services));
  app.use(supervisionRoutes(services));
  app.use(...web.after);
  return { app, session: web.session };
}
