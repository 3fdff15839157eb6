// Makes a clone ready to run: installs and builds, each only when something changed.
// Plain JavaScript with no package, because it runs before there is one.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Huiyin needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Everything goes to standard error: standard output belongs to the command that follows. */
function run(saying, command, args) {
  console.error(saying);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')} failed. Nothing was started.`);
    process.exit(status ?? 1);
  }
}

const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const installedAt = changedAt('node_modules/.package-lock.json');
if (installedAt < Math.max(changedAt('package-lock.json'), changedAt('package.json'))) {
  // Not `npm ci`: it refuses a lock file that lacks the optional packages of machines other than the one it was made on.
  run('Installing the packages (once) …', 'npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
}
run('Building …', process.execPath, ['node_modules/typescript/bin/tsc']);
