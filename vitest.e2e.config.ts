import { defineConfig } from 'vitest/config'

/** The whole program as its users start it: processes, ports, a browser. One after the other, for they measure time. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    passWithNoTests: true,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
})
