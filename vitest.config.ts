import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

/** These change which authorities their process trusts. */
const trusting = ['channels/smtp', 'simulators/smtp', 'cli/doctor/mail', 'delivery/last-resort', 'checks/tls/run']
  .concat(['run', 'bad-targets', 'http2'].map((name) => `checks/http/${name}`))
  .map((name) => `test/${name}.test.ts`)

/** These put another module in the place of one of ours, or of Node's. */
const mocking = ['one-folder', 'one-entry/*', 'checks/kafka-lag/{alikafka,ckafka,pace}'].map(
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
      {
        extends: true,
        // Tests that leave nothing behind in their process share one, which saves starting it and loading what they import.
        test: {
          name: 'sharing',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/e2e/**', ...trusting, ...mocking],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: [...trusting, ...mocking] } },
    ],
  },
})
