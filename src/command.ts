import { destination } from 'pino';
import { fileURLToPath } from 'node:url';
import { makeSetupCommand } from './accounts/setup.command.ts';
import { streamInput } from './accounts/terminal-input.command.ts';
import { importCommand } from './archive/import.command.ts';
import { compose, type Huiyin } from './compose.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { streamConsole, UsageError, type Command } from './platform/console.ts';
import { openEmbeddedStore } from './platform/embedded/embedded-store.ts';
import { readEnvironment } from './platform/environment.ts';
import { makeLog } from './platform/log.ts';
import { makeWords, type Language } from './platform/words.ts';
import { figuresCommand } from './statistics/figures.command.ts';
import { rebuildCommand } from './statistics/rebuild.command.ts';

const COMMANDS: Readonly<Record<string, Command<Huiyin['services']>>> = {
  import: importCommand,
  figures: figuresCommand,
  rebuild: rebuildCommand,
  setup: makeSetupCommand(streamInput(process.stdin, process.stderr)),
};

const rootDir = fileURLToPath(new URL('../..', import.meta.url));
const [name = '', ...args] = process.argv.slice(2);
const words = makeWords({ rootDir, strict: false });
const environment = readEnvironment();
const say = words.in(languageOf(environment));
const console = streamConsole(process.stdout, process.stderr);

process.exitCode = await main();

async function main(): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || args.includes('--help')) {
    const known = Object.keys(COMMANDS).join(', ');
    console.note(command ? say(`commands:${name}.usage`) : say('commands:noSuchCommand', { name, known }));
    return command ? 0 : 2;
  }
  try {
    const config = readConfig(environment);
    const run = await command({ args, say, console, zone: config.timeZone });
    const store = config.mongodbUri
      ? null
      : await openEmbeddedStore({ dataDir: config.dataDir, whenRunning: 'join' });
    try {
      const huiyin = await compose({
        config,
        mongodbUri: config.mongodbUri ?? store?.uri ?? '',
        rootDir,
        clock: systemClock,
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
    if (error instanceof UsageError || error instanceof ConfigError) {
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
