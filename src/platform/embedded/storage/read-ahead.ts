import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { freemem } from 'node:os';

/** A smaller file is looked through in no time, however its pages lie. */
const leastBytes = 64 * 1024 * 1024;

const readThrough = `
  const { openSync, readSync } = require('node:fs');
  const file = openSync(process.argv[1]);
  const part = Buffer.alloc(1 << 20);
  while (readSync(file, part) > 0);
`;

/**
 * Brings a large file into the system's memory from beginning to end. To be looked through it is read in the order of
 * its tables, which a disk does ten times slower. Another process does it, because SQLite's lock on the file ends when
 * this process closes it; when it fails, nothing but time is lost.
 */
export function readAhead(file: string): void {
  const { size } = statSync(file);
  if (size < leastBytes || size > freemem() / 2) return;
  spawnSync(process.execPath, ['-e', readThrough, file], { stdio: 'ignore' });
}
