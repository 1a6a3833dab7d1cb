import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that leave nothing behind in their process may share one, which saves starting it: a third of the time. */
const sharing = ['bench', 'channels', 'cli', 'clouds', 'config', 'contracts', 'delivery', 'engine', 'evaluation']
  .concat(['incidents', 'messages', 'oncall', 'phoneline', 'services', 'simulators', 'store'])
  .map((folder) => `test/${folder}/**/*.test.ts`)

/** These change which authorities their process trusts. */
const trusting = ['channels/smtp', 'simulators/smtp', 'cli/doctor/mail', 'delivery/last-resort'].map(
  (name) => `test/${name}.test.ts`,
)

export default defineConfig({
  test: {
    // Vitest leaves one of two cores idle.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Tencent's SDK would take its requests to that proxy, those to this machine too.
    env: { http_proxy: '' },
    projects: [
      { extends: true, test: { name: 'sharing', include: sharing, exclude: trusting, isolate: false } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...sharing, 'test/e2e/**'],
        },
      },
      { extends: true, test: { name: 'trusting', include: trusting } },
    ],
  },
})
