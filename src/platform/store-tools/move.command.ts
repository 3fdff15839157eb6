import type { Console } from '../console.ts';
import { UsageError } from '../console.ts';
import { readOptions } from '../options.command.ts';
import type { Translate } from '../words.ts';
import { isSame, leftOut, MoveRefused, moveTown, type Moved } from './move-town.ts';
import { isEnd, missingStore, openEnd, type StoreEnd } from './store-end.ts';
import type { StoreTool, StoreToolCall } from './store-tool.ts';

const DOCUMENTS_A_LINE = 5000;

interface Route {
  readonly from: string;
  readonly to: string;
  readonly overwrite: boolean;
}

/** `npm run move -- --to URI` */
export const moveTool: StoreTool = async (call) => {
  const route = readRoute(call);
  const from = await openEnd(route.from);
  try {
    const to = await openEnd(route.to);
    try {
      return await move({ from, to, overwrite: route.overwrite }, call);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
};

function readRoute({ args, say, config }: StoreToolCall): Route {
  const { values, positionals } = readOptions(
    args,
    { to: { type: 'string' }, from: { type: 'string' }, overwrite: { type: 'boolean' } },
    say,
  );
  if (positionals.length > 0)
    throw new UsageError(say('commands:unexpected', { what: positionals.join(' ') }));
  const { to, overwrite = false } = values;
  if (to === undefined) throw new UsageError(say('commands:move.whichTarget'));
  const from = values.from ?? config.mongodbUri ?? `embedded:${config.dataDir}`;
  // The text itself is not repeated: it may hold a password.
  if (!isEnd(from)) throw new UsageError(say('commands:move.badEnd', { option: '--from' }));
  if (!isEnd(to)) throw new UsageError(say('commands:move.badEnd', { option: '--to' }));
  const missing = missingStore(from);
  if (missing !== null) throw new UsageError(say('commands:move.noStore', { directory: missing }));
  return { from, to, overwrite };
}

interface Ends {
  readonly from: StoreEnd;
  readonly to: StoreEnd;
  readonly overwrite: boolean;
}

async function move({ from, to, overwrite }: Ends, { say, console }: StoreToolCall): Promise<number> {
  const names = { from: from.name, to: to.name };
  console.note(say('commands:move.begin', names));
  if (!from.isEmbedded || !to.isEmbedded) console.note(say('commands:move.rest'));
  try {
    const moved = await moveTown({
      from: from.db,
      to: to.db,
      overwrite,
      now: new Date(),
      progress: progressOn(console, say),
    });
    return report(moved, names, { say, console });
  } catch (error) {
    if (!(error instanceof MoveRefused)) throw error;
    console.note(say(`commands:move.refused.${error.why}`, names));
    return 1;
  }
}

function progressOn(console: Console, say: Translate) {
  let saidAt = 0;
  return (collection: string, done: number, of: number): void => {
    if (done < saidAt) saidAt = 0;
    if (!console.isTerminal && done < of && done - saidAt < DOCUMENTS_A_LINE) return;
    saidAt = done === of ? 0 : done;
    console.progress(say('commands:move.progress', { collection, done, of }));
  };
}

/** Collection, documents and checksum, a line each; a line of either side where they differ. */
function report(
  moved: readonly Moved[],
  names: { from: string; to: string },
  { say, console }: { say: Translate; console: Console },
): number {
  for (const each of moved) {
    const line = (side: 'from' | 'to'): string =>
      `${each.collection}\t${each[side].count}\t${each[side].checksum}`;
    console.result(
      isSame(each) ? line('from') : `${line('from')}\t${names.from}\n${line('to')}\t${names.to}`,
    );
  }
  const different = moved.filter((each) => !isSame(each)).map(({ collection }) => collection);
  if (different.length > 0) {
    console.note(say('commands:move.different', { collections: different.join(', ') }));
    return 1;
  }
  const documents = moved.reduce((sum, { from }) => sum + from.count, 0);
  console.note(say('commands:move.done', { collections: moved.length, documents }));
  console.note(say('commands:move.leftOut', { collections: leftOut.join(', ') }));
  return 0;
}
