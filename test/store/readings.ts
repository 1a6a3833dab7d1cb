/**
 * What the texts of a table say. As long as a text lies there it is parsed once, however many read it: all of them get the same, and
 * nobody may change it. Where it `freezes`, whoever does so fails.
 */
export class Readings {
  private readonly known = new Map<string, unknown>()
  private readonly freezes: boolean

  constructor(freezes: boolean) {
    this.freezes = freezes
  }

  readonly read = (text: string): unknown => {
    const known = this.known.get(text)
    if (known !== undefined) return known
    const value: unknown = JSON.parse(text)
    if (this.freezes) freeze(value)
    this.known.set(text, value)
    return value
  }

  /** A text lies there no longer. */
  forget(text: string | undefined): void {
    if (text !== undefined) this.known.delete(text)
  }
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.values(value).forEach(freeze)
  Object.freeze(value)
}
