import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { readZip } from '../../plugins/provider/artifact.ts'
import SmallZips from '../../plugins/small-zips/index.ts'

test('a zip that was made in haste is written anew, smaller, and the same whenever it was made', async () => {
  const serviceDir = await mkdtemp(join(tmpdir(), 'fenghuo-zips-'))
  onTestFinished(() => rm(serviceDir, { recursive: true }))
  const files = { 'services/console/aws.js': await readFile(import.meta.filename) }
  const hasty = (year: number) => zipSync(files, { level: 1, mtime: new Date(year, 1, 1) })
  const functions = { console: { package: { artifact: 'console.zip' } }, elsewhere: {} }
  const written = async (zip: Uint8Array) => {
    await writeFile(join(serviceDir, 'console.zip'), zip)
    const { hooks } = new SmallZips({ serviceDir, service: { functions } })
    await hooks['after:package:createDeploymentArtifacts']?.()
    return readFile(join(serviceDir, 'console.zip'))
  }
  const small = await written(hasty(2026))
  expect(small.length).toBeLessThan(hasty(2026).length)
  expect(readZip(small)).toEqual(readZip(hasty(2026)))
  expect(small.equals(await written(hasty(2027)))).toBe(true)
})
