import { existsSync } from 'node:fs';

/** The environment, with the lines of a `.env` beside the program for whatever it does not say itself. */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
