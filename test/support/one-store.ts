/** Loaded before every test file; the hooks that start and stop what all tests share live here. */
export const mochaHooks = {};
