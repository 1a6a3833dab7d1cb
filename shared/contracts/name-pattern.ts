/** Whether a name fits a pattern: a name itself, or one in which each `*` stands for any characters. */
export function fits(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(name)
}

/** The value of the first name or pattern that fits. */
export function valueFor<T>(values: [pattern: string, value: T][], name: string): T | undefined {
  return values.find(([pattern]) => fits(pattern, name))?.[1]
}

/** Whether a text is a pattern and may fit several names. */
export function isPattern(text: string): boolean {
  return text.includes('*')
}
