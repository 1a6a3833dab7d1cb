import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearPattern, PatternTooLarge } from '../../shared/contracts/linear-pattern.ts'
import { PatternSyntaxError } from '../../shared/contracts/pattern-syntax.ts'

describe('a pattern fits the whole text', () => {
  it.each([
    ['a literal', 'web', ['web'], ['webs', 'aweb', '']],
    ['a choice', 'pay|shop', ['pay', 'shop'], ['payshop', 'p']],
    ['nothing at all', '', [''], ['a']],
    ['anything', '.*', ['', '支付'], ['two\nlines']],
    ['at least one', 'db-\\d+', ['db-1', 'db-42'], ['db-', 'db-x']],
    ['counted', 'a{2,3}', ['aa', 'aaa'], ['a', 'aaaa']],
    ['counted exactly, and from a number on', 'a{2}b{1,}', ['aab', 'aabbb'], ['ab', 'aa']],
    ['a class with a range, and what is not in one', '[a-c_][^0-9]', ['a!', '_x'], ['d!', 'a1']],
    ['a group that repeats', '(?:ab)+c?', ['ab', 'ababc'], ['', 'aba']],
    ['whatever its case', '(?i)PAY-\\w[A-Z]', ['pay-1b', 'PAY-XX'], ['pay-!b']],
    ['with anchors, which change nothing', '^a.c$', ['abc'], ['xabc']],
    ['an escaped point', 'a\\.b', ['a.b'], ['axb']],
    ['without a class', '\\D\\S\\W', ['xy!'], ['1y!', 'x !', 'xya']],
    ['a character beyond 16 bits', '.', ['🔥'], ['ab']],
    ['as few as it can', 'a+?b*?', ['aab', 'a'], ['b']],
  ])('%s', (_, source, fitting, others) => {
    const fits = linearPattern(source)

    for (const text of fitting) expect([text, fits(text)]).toEqual([text, true])
    for (const text of others) expect([text, fits(text)]).toEqual([text, false])
  })

  it('as a regular expression of JavaScript does, for those that both read alike', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(?:ab)')
    const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{1,2}')).map((parts) => parts.join(''))
    const source = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(''))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
    fc.assert(
      fc.property(source, text, (pattern, of) => {
        expect(linearPattern(pattern)(of)).toBe(new RegExp(`^(?:${pattern})$`).test(of))
      }),
    )
  })

  it('in a time that does not explode', () => {
    // A backtracking engine tries 2^60 ways.
    expect(linearPattern('(a*)*b')('a'.repeat(60))).toBe(false)
    expect(linearPattern('(a|a)*(a|aa)+c')('a'.repeat(60))).toBe(false)
  })
})

describe('what is no pattern is refused with its place', () => {
  it.each([
    ['a group that is left open', 'a(b', 1],
    ['one that was never opened', 'ab)', 2],
    ['a class that is left open', '[ab', 0],
    ['a range that goes back', '[b-a]', 3],
    ['nothing to repeat', '*a', 0],
    ['a repetition of a repetition', 'a**', 2],
    ['a count that goes back', 'a{3,2}', 1],
    ['a count that is none', 'a{x}', 1],
    ['a look-around, which no linear engine has', '(?=a)', 2],
    ['a reference to a group', '(a)\\1', 4],
    ['a backslash at the end', 'a\\', 2],
    ['an anchor in the middle', 'a^b', 1],
  ])('%s', (_, source, position) => {
    expect(() => linearPattern(source)).toThrow(new PatternSyntaxError(position))
    expect(() => linearPattern(source)).toThrow(expect.objectContaining({ position }))
  })

  it('one that comes to too much', () => {
    expect(() => linearPattern('(?:a{100}){100}')).toThrow(PatternTooLarge)
    expect(() => linearPattern('('.repeat(60) + ')'.repeat(60))).toThrow(PatternSyntaxError)
  })
})
