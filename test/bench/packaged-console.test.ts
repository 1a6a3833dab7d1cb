import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { get, pageIn, startConsole } from '../../bench/console-lambda.ts'
import { inHarness, root } from '../../bench/harness.ts'
import { bundleFunction } from '../../bench/lambda.ts'
import { fenghuoFile, makeTenants } from '../../bench/tenants.ts'
import { buildAssets, filesOfAssets } from '../../plugins/console/assets.ts'

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

// From the sources each room is there; what is packaged is put together from files that import one another.
test('each room of the packaged console opens', async () => {
  const tenants = makeTenants(1, shape)
  await inHarness(
    tenants,
    0,
    async (harness) => {
      await harness.alert(tenants[0]?.projects[0] ?? '', 'key-1')
      await harness.idle()
      const bundle = await bundleFunction(root, 'console', join(harness.dataDir, 'bundles'))
      expect((await readdir(dirname(bundle))).length).toBeGreaterThan(20)
      const assets = filesOfAssets(await buildAssets())
      const { lambda } = await startConsole(harness, { bundle, assets, fenghuo: fenghuoFile(tenants) })
      // On a machine that is busy with other things a table does not answer in time at first, and the page says so.
      const opened = async (path: string) => pageIn((await lambda.invoke(get(path))).answer).text
      for (const [path, text] of Object.entries(rooms))
        await expect.poll(() => opened(path), { timeout: 30_000, message: path }).toContain(text)
      lambda.stop()
    },
    { apart: true },
  )
})
