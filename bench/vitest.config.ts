import { defineConfig } from 'vitest/config'

/** Runs measurements as programs: `npx vitest run --config bench/vitest.config.ts`. Nothing here passes or fails on time. */
export default defineConfig({
  test: {
    include: ['bench/*.ts'],
    exclude: ['bench/*.config.ts', 'bench/turns.ts'],
    testTimeout: 600_000,
    fileParallelism: false,
  },
})
