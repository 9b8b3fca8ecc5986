import { defineConfig } from 'vitest/config'

/** Checks by outside judges: they need `../shared` and Debian's tools, so they are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['conformance/**/*.test.ts'],
    pool: 'forks',
    // the command speaks the language of the locale
    env: { LC_ALL: 'C.UTF-8' },
    // one for each processor of the smallest machine that runs them
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
