import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { withFixtures } from './test/one-folder/with-fixtures.ts'

/**
 * What leaves something behind in its process, another module in the place of one or other authorities to trust, or minds the timers of
 * all who have been there before: it counts them, or lets a whole day of them pass.
 */
const NOT_SHARED = /vi\.getTimerCount|startClock\(|\bvi\.(mock|doMock)\(|setDefaultCACertificates|startSmtpSimulator/

/** What has its process trust the authority of the tests' targets alone: such tests share one among themselves. */
const TRUSTING = /trustTargets/

/** What takes longest; at the end it would leave a core idle, and projects run in the order of their names. */
const LONG = /^test\/(simulation|infrastructure\/service|plugins\/config|local\/stack)\b/

const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
  .map((name) => `test/${name}`)
/** What shows that a folder and its line are enough: all of them see the tables with the fixtures in them. */
const oneFolder = tests.filter((name) => name.startsWith('test/one-folder/'))
const others = tests.filter((name) => !oneFolder.includes(name))
const alone = others.filter((name) => LONG.test(name) || NOT_SHARED.test(readFileSync(name, 'utf8')))
const trusting = others.filter((name) => !alone.includes(name) && TRUSTING.test(readFileSync(name, 'utf8')))

export default defineConfig({
  test: {
    // One more than there are cores: a third of the time, tests wait for sockets, processes and deadlines.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Tencent's SDK would take its requests to that proxy, those to this machine too.
    env: { http_proxy: '' },
    projects: [
      {
        extends: true,
        // Tests that leave nothing behind share their process, which saves starting it and loading what they import.
        test: {
          name: 'sharing',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/e2e/**', ...alone, ...oneFolder, ...trusting],
          isolate: false,
        },
      },
      { extends: true, plugins: [withFixtures()], test: { name: 'one-folder', include: oneFolder, isolate: false } },
      { extends: true, test: { name: 'trusting', include: trusting, isolate: false } },
      { extends: true, test: { name: 'alone', include: alone, exclude: [...configDefaults.exclude, 'test/e2e/**'] } },
    ],
  },
})
