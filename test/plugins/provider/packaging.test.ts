import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cleanUp } from '../../../plugins/provider/packaging.ts'

test('the package of an earlier run is taken away, and nobody else’s', async () => {
  const serviceDir = await mkdtemp(join(tmpdir(), 'fenghuo-packaging-'))
  onTestFinished(() => rm(serviceDir, { recursive: true }))
  await cleanUp({ serviceDir })
  await mkdir(join(serviceDir, '.serverless'))
  const files = ['mine.zip', '.serverless/probe.zip', '.serverless/serverless-state.json', '.serverless/meta.json']
  await Promise.all(files.map((file) => writeFile(join(serviceDir, file), '')))

  await cleanUp({ serviceDir })
  expect((await readdir(serviceDir)).sort()).toEqual(['.serverless', 'mine.zip'])
  expect(await readdir(join(serviceDir, '.serverless'))).toEqual(['meta.json'])
})
