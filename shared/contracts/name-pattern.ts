/**
 * Whether a name fits a pattern: a name itself, or one in which each `*` stands for any characters. Strangers write both: the time it
 * takes grows with their lengths, and not with the number of stars.
 */
export function fits(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  if (end === undefined) return pattern === name
  if (name.length < start.length + end.length || !name.startsWith(start) || !name.endsWith(end)) return false
  let at = start.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= name.length - end.length
}

/** The value of the first name or pattern that fits. */
export function valueFor<T>(values: [pattern: string, value: T][], name: string): T | undefined {
  return values.find(([pattern]) => fits(pattern, name))?.[1]
}

/** Whether a text is a pattern and may fit several names. */
export function isPattern(text: string): boolean {
  return text.includes('*')
}
