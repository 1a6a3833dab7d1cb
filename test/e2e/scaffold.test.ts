import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Part, parts } from '../../scaffold/parts.ts'
import { scaffold } from '../../scaffold/scaffold.ts'
import { writeTables } from '../../scaffold/write-tables.ts'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const all = Object.values<Part>(parts)
const testOf = (part: Part) => part.files.map(({ to }) => to('redis-ping')).find((file) => file.endsWith('.test.ts'))

/** A copy of what the skeletons stand on, with one of each written into it. */
let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'fenghuo-new-'))
  const isNoTest = (path: string) => !path.endsWith('.test.ts')
  for (const part of ['shared', 'test/checks', 'test/simulators', 'package.json', 'tsconfig.json'])
    await cp(join(root, part), join(copy, part), { recursive: true, filter: isNoTest })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  await writeFile(join(copy, 'vitest.config.ts'), 'export default {}\n')
  for (const part of all) await scaffold(part, 'redis-ping', copy)
  await writeTables(copy)
  const files = all
    .flatMap((part) => part.files.map(({ to }) => to('redis-ping')))
    .filter((file) => file.endsWith('.ts'))
  const config = { extends: './tsconfig.json', include: ['shared'], files }
  await writeFile(join(copy, 'tsconfig.new.json'), JSON.stringify(config))
})
afterAll(() => rm(copy, { recursive: true }))

it('compiles, with all that lists it', async () => {
  const { stdout } = await run(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.new.json'],
    {
      cwd: copy,
    },
  ).catch((error: { stdout: string }) => error)
  expect(stdout).toBe('')
}, 180_000)

interface Results {
  testResults: { name: string; assertionResults: { title: string; status: string; failureMessages: string[] }[] }[]
}

it('has tests that fail, each with what is to be written', async () => {
  const tests = all.flatMap((part) => testOf(part) ?? [])
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const told = ['--reporter=json', '--outputFile=results.json']
  await expect(
    run(process.execPath, [vitest, 'run', '--root', copy, ...told, ...tests], { cwd: copy }),
  ).rejects.toThrow()
  const { testResults } = JSON.parse(await readFile(join(copy, 'results.json'), 'utf8')) as Results
  expect(testResults.map(({ name }) => name.slice(copy.length + 1)).sort()).toEqual(tests.toSorted())
  for (const { name, assertionResults } of testResults) {
    expect(assertionResults.length, name).toBeGreaterThan(2)
    for (const { title, status, failureMessages } of assertionResults) {
      expect([title, status]).toEqual([title, 'failed'])
      const isUntold = title.startsWith('says what it')
      expect(failureMessages.join()).toMatch(
        isUntold ? /to (?:deeply )?equal|(?:not to be|to not include) ''/ : /^AssertionError: \w/,
      )
    }
  }
}, 180_000)
