/** `text` in at most `limit` UTF-16 units (what `length` counts), cut at a whole character with a mark that more follows. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/\p{Cs}$/u, '')}…`
}
