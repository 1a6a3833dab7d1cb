import { describe, expect, it } from 'vitest'
import { linearPattern, NotAPattern } from '../../shared/contracts/linear-pattern.ts'

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

  it('in a time that does not explode', () => {
    // A backtracking engine tries 2^60 ways.
    expect(linearPattern('(a*)*b')('a'.repeat(60))).toBe(false)
    expect(linearPattern('(a|a)*(a|aa)+c')('a'.repeat(60))).toBe(false)
  })
})

describe('what is no pattern is refused with what is wrong', () => {
  it.each([
    ['a group that is left open', 'a(b', 'missing closing ): a(b'],
    ['a class that is left open', '[ab', 'missing closing ]: [ab'],
    ['a repetition of a repetition', 'a**', 'invalid nested repetition operator: **'],
    ['a look-around, which no linear engine has', '(?=a)', 'invalid or unsupported Perl syntax: (?='],
    ['a reference to a group', '(a)\\1', 'invalid escape sequence: \\1'],
    ['one that comes to too much', '(?:a{100}){100}', 'invalid repeat count: {100}'],
    ['one that nests too deeply', '('.repeat(2_000) + ')'.repeat(2_000), 'expression nests too deeply'],
  ])('%s', (_, source, why) => {
    expect(() => linearPattern(source)).toThrow(expect.objectContaining({ why }))
    expect(() => linearPattern(source)).toThrow(NotAPattern)
  })
})
