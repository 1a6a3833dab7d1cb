import { linearPattern } from './linear-pattern.ts'
import type { Matcher, Matchers } from './matcher.ts'
import { severities } from './severities.ts'

/** What every incident has. Of all other fields and labels some have none, which is the empty text. */
const alwaysThere = ['project', 'key', 'source', 'title']

/** RE2 counts no further (google/re2 wiki, "Syntax": repetition). */
const MOST_REPEATED = 1_000

/** Texts that have hardly anything in common with each other, nor with what somebody names. */
const anyTexts = ['fenghuo', '7', '支付', 'A b-c_D/e.f:g', 'é—，🔥', 'x'.repeat(MOST_REPEATED + 1)]

/** A text that a field or label may have. `fits`: a pattern that is meant to fit it, be none known that does. `isNone`: no value at all. */
interface Sample {
  text: string
  fits?: string
  isNone?: true
}

/** What need not be seen from anywhere: then nothing fits its vantage, not even the empty text. */
const unseen: Record<string, Sample[]> = { vantage: [{ text: '', isNone: true }] }

/** More combinations are not tried: so many fields at once cannot leave nothing out in an obvious way. */
const MOST_TRIED = 50_000

/**
 * Whether matchers fit whatever there may be, each pattern being one: what they say is tried on incidents that have what they name, and on
 * such that have nothing of it, and on the characters that a pattern names and may leave out. A pattern that fits all of these but some rare
 * text counts as fitting every one.
 */
export function matchesEverything(groups: Matchers): boolean {
  const fits = fitting()
  const samples = samplesOf(groups.flat())
  const always = (matcher: Matcher, is: boolean) =>
    (samples.get(matcher.name) ?? []).every((sample) => fits(matcher, sample) === is)
  const narrowing = groups
    .filter((group) => !group.some((matcher) => always(matcher, false)))
    .map((group) => group.filter((matcher) => !always(matcher, true)))
  if (narrowing.some((group) => group.length === 0)) return true

  const names = [...new Set(narrowing.flat().map(({ name }) => name))]
  let tried = 0
  /** Whether some combination of samples of the names from one on fits none of the groups that are left. */
  const isLeftOut = (left: Matchers, index: number): boolean => {
    if (left.length === 0) return true
    const name = names[index]
    if (name === undefined || tried++ > MOST_TRIED) return tried > MOST_TRIED
    return (samples.get(name) ?? []).some((sample) => {
      const still = left.filter((group) => group.every((one) => one.name !== name || fits(one, sample)))
      return isLeftOut(still, index + 1)
    })
  }
  return narrowing.length > 0 && !isLeftOut(narrowing, 0)
}

/** Says whether a matcher fits a sample: each pattern is compiled once, and tried once on each text. */
function fitting(): (matcher: Matcher, sample: Sample) => boolean {
  const compiled = new Map<string, (text: string) => boolean>()
  const fitsPattern = (pattern: string, { text, fits }: Sample) => {
    if (fits === pattern) return true
    const test = compiled.get(pattern) ?? remembering(linearPattern(pattern))
    compiled.set(pattern, test)
    return test(text)
  }
  return ({ is, value }, sample) => {
    const found = is.endsWith('~') ? fitsPattern(value, sample) : sample.text === value
    return (found && !sample.isNone) !== is.startsWith('!')
  }
}

function remembering(fits: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const is = known.get(text) ?? fits(text)
    known.set(text, is)
    return is
  }
}

/** By name: what an incident may have there, those included that the matchers name. */
function samplesOf(matchers: Matcher[]): Map<string, Sample[]> {
  const byName = Map.groupBy(matchers, ({ name }) => name)
  return new Map(
    [...byName].map(([name, those]) => {
      if (name === 'severity') return [name, severities.map((text) => ({ text }))]
      const named = those.flatMap(({ is, value }): Sample[] =>
        is.endsWith('~') ? [{ text: `fits ${value}`, fits: value }, ...leftOutBy(value)] : [{ text: value }],
      )
      const texts = [...named, ...anyTexts.map((text) => ({ text }))].filter(({ text }) => text !== '')
      return [name, alwaysThere.includes(name) ? texts : [...texts, ...(unseen[name] ?? [{ text: '' }])]]
    }),
  )
}

/** What a pattern such as `[^a-f]*` may not fit: each of its own characters. */
function leftOutBy(pattern: string): Sample[] {
  return pattern.includes('[^') ? [...new Set(pattern)].map((text) => ({ text })) : []
}
