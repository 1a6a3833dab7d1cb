import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { sourceVersion } from '../../shared/config/source-version.ts'

const folder = mkdtempSync(join(tmpdir(), 'fenghuo-version-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

it('a version is that of the package and of the code that functions are made from, wherever it lies', () => {
  write('one/package.json', '{ "version": "1.2.3" }')
  write('one/services/probe/aws.ts', 'a')
  write('one/shared/checks/http.ts', 'b')
  cpSync(join(folder, 'one'), join(folder, 'two'), { recursive: true })
  write('two/docs/guide.md', 'not code')
  const version = sourceVersion(join(folder, 'one'))

  expect(version).toMatch(/^1\.2\.3\+[0-9a-f]{10}$/)
  expect(sourceVersion(`${join(folder, 'two')}/`)).toBe(version)

  write('two/shared/checks/http.ts', 'c')
  expect(sourceVersion(join(folder, 'two'))).not.toBe(version)
})
