import { defineConfig } from 'vitest/config'

/** Checks by outside judges: they need `../shared` and Debian's tools, so they are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['conformance/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
