/** A number, or one written as text: Prometheus and others write texts, lest they lose digits. Undefined for anything else. */
export function numberOf(found: unknown): number | undefined {
  if (typeof found === 'number') return found
  const isWritten = typeof found === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(found)
  return isWritten && Number.isFinite(Number(found)) ? Number(found) : undefined
}
