import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Waits until the file's contents are on disk. */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Waits until the names in a directory are on disk. */
export function syncDirectory(directory: string): void {
  // Windows neither needs nor allows it.
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
