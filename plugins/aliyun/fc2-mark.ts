/** What stands in a description to say whose it is: services can't be tagged while they are made, functions not at all. */
export function markText(mark: Record<string, string>): string {
  const pairs = Object.entries(mark).map(([name, value]) => `${name}=${value}`)
  return `[${pairs.join(' ')}]`
}

/** A function's description with the mark after it. */
export function marked(description: unknown, mark: string): string {
  return typeof description === 'string' && description !== '' ? `${description} ${mark}` : mark
}

export function isMarked(description: string | undefined, mark: string): boolean {
  return description?.endsWith(mark) ?? false
}

/** A function's description without the mark. */
export function unmarked(description: string | undefined, mark: string): string {
  return isMarked(description, mark) ? (description ?? '').slice(0, -mark.length).trimEnd() : (description ?? '')
}
