import { describe, expect, it } from 'vitest'
import { malformedReferences, references, resolveReferences } from '../../shared/contracts/references.ts'

describe('references to the environment', () => {
  const value = { a: `\${B}/x/\${A}`, list: [`\${A}`, 1, null, true], deep: { key: `plain \${C_1}` }, none: '$A {B}' }

  it('are found everywhere, each once, in order', () => {
    expect(references(value)).toEqual(['A', 'B', 'C_1'])
  })

  it('become their values, and everything else stays', () => {
    expect(resolveReferences(value, { A: 'a', B: 'b', C_1: 'c' })).toEqual({
      value: { a: 'b/x/a', list: ['a', 1, null, true], deep: { key: 'plain c' }, none: '$A {B}' },
      missing: [],
    })
  })

  it('that are unset or empty are named and stay as written', () => {
    const { value: resolved, missing } = resolveReferences(value, { A: 'a', B: '' })
    expect(missing).toEqual(['B', 'C_1'])
    expect(resolved.a).toBe(`\${B}/x/a`)
  })

  it('are not resolved twice: a value may hold what looks like one', () => {
    expect(resolveReferences(`\${A}`, { A: `\${B}`, B: 'b' }).value).toBe(`\${B}`)
  })

  it.each([
    [`\${wecom-key}`, [`\${wecom-key}`], 'a hyphen'],
    [`\${}`, [`\${}`], 'no name'],
    [`\${1A}`, [`\${1A}`], 'a digit first'],
    [`x\${A`, [`\${A`], 'not closed'],
    [`\${A}\${B}`, [], 'two good ones'],
    ['$A', [], 'not meant as one'],
  ])('%s: malformed are %j (%s)', (text, malformed) => {
    expect(malformedReferences(text)).toEqual(malformed)
  })
})
