import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // the command speaks the language of the locale
    env: { LC_ALL: 'C.UTF-8' },
    // one for each processor of the smallest machine that runs them
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
