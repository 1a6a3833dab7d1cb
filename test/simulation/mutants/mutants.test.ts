import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { MOST_SEEDS } from './all.ts'
import { documentOf } from './document.ts'
import { list } from './list.ts'
import { mutated } from './mutant.ts'

const root = new URL('../../../', import.meta.url)
const seeds = JSON.parse(readFileSync(new URL('seeds.json', import.meta.url), 'utf8')) as Record<
  string,
  [seed: number, timing: number]
>

describe('the list of mutants', () => {
  it.each(list)('$name fits today’s code, compiles, and changes it: $what', (mutant) => {
    for (const file of new Set(mutant.edits.map((edit) => edit.file))) {
      const source = readFileSync(fileURLToPath(new URL(file, root)), 'utf8')
      const changed = mutated(source, file, mutant)

      expect(transformSync(changed, { loader: 'ts' }).code).not.toBe(transformSync(source, { loader: 'ts' }).code)
    }
  })

  it('has a seed for each that has killed it', () => {
    const tried = list.filter(({ unseen }) => unseen === undefined)
    const unkilled = tried.filter(({ name }) => !(seeds[name] && seeds[name][0] <= MOST_SEEDS))

    expect(unkilled.map(({ name }) => name)).toEqual([])
  })

  it('names for each that no world shows a test that there is', () => {
    const missing = list.filter(({ unseen }) => unseen !== undefined && !existsSync(new URL(unseen.test, root)))

    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it('is written down for people', () => {
    const document = readFileSync(new URL('../mutants.md', import.meta.url), 'utf8')

    expect(document, 'npm run simulate -- --mutants o1 --remember writes it').toBe(documentOf(list, seeds))
  })

  it('has one of each name', () => {
    const names = list.map(({ name }) => name)

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('names the mutant whose code has moved on', () => {
    const mutant = { name: 'z1', what: 'gone', edits: [{ file: 'a.ts', find: 'old', replace: '' }] }

    expect(() => mutated('new', 'a.ts', mutant)).toThrow('Mutant z1: a.ts has this 0 times, not once: old')
    expect(() => mutated('old, old', 'a.ts', mutant)).toThrow('Mutant z1: a.ts has this 2 times, not once: old')
  })
})
