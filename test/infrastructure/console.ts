import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { get, pageIn, startConsole } from '../../bench/console-lambda.ts'
import { CONSOLE_START_KB, CONSOLE_ZIP_KB, sizesOf } from '../../bench/console-size.ts'
import { type Harness, inHarness } from '../../bench/harness.ts'
import { fenghuoFile, makeTenants } from '../../bench/tenants.ts'
import { zipOf } from './packaged.ts'
import { packaged } from './sample.ts'

const shape = { name: 'tenant', from: 1, layers: 1, projects: 1, channels: ['chat' as const], ackTimeout: '1h' }

const rooms = {
  '/': '收银台',
  '/incidents/1001': '收银台',
  '/incidents/1001/post-mortem.md': '收银台',
  '/checks': '</main>',
  '/oncall': '</main>',
  '/silences': '</main>',
  '/inbound': '</main>',
  '/system/queues': '</main>',
  '/metrics': 'fenghuo_',
  '/api/v1/incidents': '收银台',
  '/api/v1/openapi.json': '"openapi"',
}

/**
 * So much may the console's function be before it is compressed, with what browsers get of it as they get it: each module once, or nearly.
 */
const CONSOLE_RAW_KB = 1170

/** How large the console is, and that it works as it is packaged. */
export function consoleTests(): void {
  describe('the packaged console', () => {
    let folder: string
    /** What each request loads, beside what is loaded late. */
    let start: string
    let assets: Record<string, Buffer>
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'fenghuo-console-'))
      const files = [...zipOf(packaged, 'console')]
      const inFolder = (path: string) => files.filter(([each]) => dirname(each) === path)
      start = join(folder, 'services/console/aws.js')
      await mkdir(dirname(start), { recursive: true })
      for (const [path, bytes] of inFolder('services/console')) await writeFile(join(folder, path), bytes)
      assets = Object.fromEntries(inFolder('.build/console').map(([path, bytes]) => [basename(path), bytes]))
    })
    afterAll(() => rm(folder, { recursive: true }))

    test('is small where each request loads it, and holds no module again and again', async () => {
      const { startKB, zipKB, rawKB } = await sizesOf(start, assets)
      // Somebody who was just woken waits for it.
      expect(startKB).toBeGreaterThan(100)
      expect(startKB).toBeLessThanOrEqual(CONSOLE_START_KB)
      // What is uploaded, and fetched by each instance that begins.
      expect(zipKB).toBeGreaterThan(200)
      expect(zipKB).toBeLessThanOrEqual(CONSOLE_ZIP_KB)
      expect(rawKB).toBeGreaterThan(2 * zipKB)
      expect(rawKB).toBeLessThanOrEqual(CONSOLE_RAW_KB)
    })

    // From the sources each room is there; what is packaged is put together from files that import one another.
    test('opens each room', async () => {
      const tenants = makeTenants(1, shape)
      const works = async (harness: Harness) => {
        await harness.alert(tenants[0]?.projects[0] ?? '', 'key-1')
        await harness.idle()
        const { lambda } = await startConsole(harness, { bundle: start, assets, fenghuo: fenghuoFile(tenants) })
        // On a machine that is busy with other things a table does not answer in time at first, and the page says so.
        const opened = async (path: string) => pageIn((await lambda.invoke(get(path))).answer).text
        for (const [path, text] of Object.entries(rooms))
          await expect.poll(() => opened(path), { timeout: 30_000, message: path }).toContain(text)
        lambda.stop()
      }
      await inHarness(tenants, 0, works, { apart: true })
    })
  })
}
