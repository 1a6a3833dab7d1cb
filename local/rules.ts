/**
 * Whether an event fits an EventBridge rule's pattern: every field of the pattern holds one of the listed values.
 * Knows exact values and `{"prefix": …}`; throws for other matchers (EventBridge user guide, "Event patterns").
 */
export function fits(pattern: unknown, event: unknown): boolean {
  if (pattern === null || typeof pattern !== 'object') throw new Error('an event pattern is an object')
  return Object.entries(pattern).every(([key, expected]) => {
    const actual = event !== null && typeof event === 'object' ? (event as Record<string, unknown>)[key] : undefined
    if (!Array.isArray(expected)) return fits(expected, actual)
    const values = Array.isArray(actual) ? actual : [actual]
    return values.some((value) => expected.some((matcher) => fitsOne(matcher, value)))
  })
}

function fitsOne(matcher: unknown, value: unknown): boolean {
  if (matcher === null || typeof matcher !== 'object') return matcher === value
  const [[kind, argument] = ['', undefined], ...more] = Object.entries(matcher)
  if (kind !== 'prefix' || more.length > 0 || typeof argument !== 'string') {
    throw new Error(`the event pattern's ${JSON.stringify(matcher)} is not known to the local stack`)
  }
  return typeof value === 'string' && value.startsWith(argument)
}
