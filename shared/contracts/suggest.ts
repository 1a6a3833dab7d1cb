import type { Bilingual } from './words.ts'

/** ` (did you mean …?)` when one of `known` is a likely spelling of `word`, by `most` letters at most, else empty texts. */
export function didYouMean(
  word: string,
  known: readonly string[],
  most = Math.max(1, Math.floor(word.length / 3)),
): Bilingual {
  const ranked = known
    .map((candidate) => ({ candidate, edits: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  if (!best || best.edits > most) return { en: '', zh: '' }
  return { en: ` (did you mean \`${best.candidate}\`?)`, zh: `（是不是 \`${best.candidate}\`？）` }
}

/** Levenshtein distance, a swap of neighbours counting as one edit. */
function edits(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j))
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      const row = rows[i]
      if (row) row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped)
    }
  }
  return at(a.length, b.length)
}
