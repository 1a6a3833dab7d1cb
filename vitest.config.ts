import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that leave nothing behind in their process may share one, which saves starting it: a third of the time. */
const sharing = ['bench', 'channels', 'cli', 'clouds', 'config', 'escalation', 'evaluation', 'incidents', 'messages']
  .concat(['oncall', 'path', 'services', 'simulators', 'state'])
  .map((folder) => `test/${folder}/**/*.test.ts`)

/** These change which authorities their process trusts. */
const trusting = ['channels/email', 'simulators/smtp', 'cli/doctor/mail'].map((name) => `test/${name}.test.ts`)

export default defineConfig({
  test: {
    testTimeout: 20_000,
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
