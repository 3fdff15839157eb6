import { destination } from 'pino';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSetupCommand } from './accounts/setup.command.ts';
import { streamInput } from './accounts/terminal-input.command.ts';
import { importCommand } from './archive/import.command.ts';
import { calendarCommand } from './clocks/calendar.command.ts';
import { compose, type Huiyin } from './compose.ts';
import { TOPIC_WEIGHTS } from './letters/route-letter.ts';
import { evaluateRouting, makeLearnRouting } from './letters/routing.command.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { streamConsole, UsageError, type Command } from './platform/console.ts';
import { openEmbeddedStore } from './platform/embedded/embedded-store.ts';
import { readEnvironment } from './platform/environment.ts';
import { fold } from './platform/fold.ts';
import { makeLog } from './platform/log.ts';
import { gatewaysCommand } from './notices/gateways.command.ts';
import { backupTool } from './platform/store-tools/backup.command.ts';
import { moveTool } from './platform/store-tools/move.command.ts';
import { restoreTool } from './platform/store-tools/restore.command.ts';
import type { StoreTool } from './platform/store-tools/store-tool.ts';
import { storeTool } from './platform/store-tools/store.command.ts';
import { toolsByName } from './platform/tools-by-name.ts';
import { DatabaseUnreachable } from './platform/mongo/connect.ts';
import { storeClock } from './platform/mongo/store-clock.ts';
import { makeWords, type Language } from './platform/words.ts';
import { makeEvaluateRepeats } from './repeats/evaluate.command.ts';
import { makeLearnRepeats } from './repeats/learn.command.ts';
import { figuresCommand } from './statistics/figures.command.ts';
import { rebuildCommand } from './statistics/rebuild.command.ts';

const rootDir = fileURLToPath(new URL('../..', import.meta.url));

const COMMANDS: Readonly<Record<string, Command<Huiyin['services']>>> = {
  import: importCommand,
  figures: figuresCommand,
  calendar: calendarCommand,
  gateways: gatewaysCommand,
  rebuild: rebuildCommand,
  setup: makeSetupCommand(streamInput(process.stdin, process.stderr)),
};

/** Commands that compose no program. */
const TOOLS: Readonly<Record<string, StoreTool>> = {
  store: storeTool,
  backup: backupTool,
  restore: restoreTool,
  move: moveTool,
  evaluate: toolsByName({ repeats: makeEvaluateRepeats({ rootDir, fold }), routing: evaluateRouting }),
  learn: toolsByName({
    repeats: makeLearnRepeats({ rootDir, fold, clock: systemClock }),
    routing: makeLearnRouting(join(rootDir, TOPIC_WEIGHTS)),
  }),
};

const [name = '', ...args] = process.argv.slice(2);
const words = makeWords({ rootDir, strict: false });
const environment = readEnvironment();
const say = words.in(languageOf(environment));
const console = streamConsole(process.stdout, process.stderr);

process.exitCode = await main();

async function main(): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  const isKnown = command !== undefined || tool !== undefined;
  if (!isKnown || args.includes('--help')) {
    const known = Object.keys({ ...COMMANDS, ...TOOLS }).join(', ');
    console.note(isKnown ? say(`commands:${name}.usage`) : say('commands:noSuchCommand', { name, known }));
    return isKnown ? 0 : 2;
  }
  try {
    const config = readConfig(environment);
    const call = { args, say, console, zone: config.timeZone };
    if (tool) return await tool({ ...call, config });
    if (!command) return 2;
    const run = await command(call);
    const store = config.mongodbUri
      ? null
      : await openEmbeddedStore({ dataDir: config.dataDir, whenRunning: 'join' });
    try {
      const huiyin = await compose({
        config,
        mongodbUri: config.mongodbUri ?? store?.uri ?? '',
        rootDir,
        clock: storeClock,
        // Standard output is the command's own.
        log: makeLog(config.logLevel === 'info' ? 'warn' : config.logLevel, destination(2)),
      });
      try {
        return await run(huiyin.services);
      } finally {
        await huiyin.close();
      }
    } finally {
      await store?.close();
    }
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError || error instanceof DatabaseUnreachable) {
      console.note(error.message);
      if (error instanceof UsageError) console.note(say(`commands:${name}.usage`));
      return 2;
    }
    console.note(say('commands:failed', { message: error instanceof Error ? error.message : String(error) }));
    return 1;
  }
}

/** The operator's, from the environment, as every command line tool has it. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  return /^zh/i.test(locale) ? 'zh-CN' : 'en';
}
