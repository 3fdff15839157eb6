import express, { type RequestHandler } from 'express';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Assets {
  /** 'huiyin.css' → '/assets/huiyin.css?v=1a2b3c4d5e'; throws when there is no such file. */
  asset: (name: string) => string;
  serve: RequestHandler;
}

/** Files of views/assets. The address changes with the content, so a browser may keep what it has for a year. */
export function makeAssets(rootDir: string, { cache }: { cache: boolean }): Assets {
  const folder = join(rootDir, 'views', 'assets');
  const known = new Map<string, string>();
  const hashOf = (name: string): string => {
    const before = cache ? known.get(name) : undefined;
    if (before !== undefined) return before;
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
      .slice(0, 10);
    known.set(name, hash);
    return hash;
  };
  return {
    asset: (name) => `/assets/${name}?v=${hashOf(name)}`,
    serve: express.static(folder, {
      index: false,
      cacheControl: false,
      setHeaders: (res, file) => {
        // Exactly this content: during a change-over a new page may ask an old process.
        const isThis = res.req.url?.endsWith(`?v=${hashOf(relative(folder, file))}`);
        res.setHeader('Cache-Control', isThis ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  };
}
