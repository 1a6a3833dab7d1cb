import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytes, cutBytes, cutCharacters, oneLine } from '../../shared/messages/cut.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 60 })

describe('cutBytes', () => {
  test('leaves what fits, marks what was cut', () => {
    expect(cutBytes('收银台', 9)).toBe('收银台')
    expect(cutBytes('收银台不可用', 12)).toBe('收银台…')
    expect(cutBytes('收银台不可用', 13)).toBe('收银台…')
    expect(cutBytes('checkout', 6, '..')).toBe('chec..')
    expect(cutBytes('👨‍👩‍👧 family', 20)).toBe('…')
    expect(cutBytes('收银台', 2)).toBe('')
  })

  test('any text and limit: fits, keeps whole characters, ends in the mark exactly when cut', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 200 }),
        fc.constantFrom('…', '', '...', '（未完）'),
        (given, max, mark) => {
          const cut = cutBytes(given, max, mark)
          expect(bytes(cut)).toBeLessThanOrEqual(max)
          expect(cut).not.toMatch(/\p{Surrogate}/u)
          if (bytes(given) <= max) {
            expect(cut).toBe(given)
            return
          }
          const fits = bytes(mark) <= max
          expect(cut.endsWith(fits ? mark : '')).toBe(true)
          const kept = cut.slice(0, cut.length - (fits ? mark.length : 0))
          expect(given.startsWith(kept)).toBe(true)
          // Whole graphemes: what is kept splits as the text itself does.
          const graphemes = [...new Intl.Segmenter().segment(given)].map((part) => part.segment)
          const count = [...new Intl.Segmenter().segment(kept)].length
          expect(graphemes.slice(0, count).join('')).toBe(kept)
        },
      ),
    )
  })
})

test('cutCharacters counts characters as a reader does', () => {
  expect(cutCharacters('👍🏽👍🏽👍🏽', 3)).toBe('👍🏽👍🏽👍🏽')
  expect(cutCharacters('👍🏽👍🏽👍🏽', 2)).toBe('👍🏽…')
})

test('oneLine takes out line breaks, control characters and turned writing', () => {
  expect(oneLine('  a\r\nb\u0000\u2028c \u202ed ', 20)).toBe('a b c d')
})
