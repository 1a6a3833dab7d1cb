/** The address that a text is, taken from `base` if it is a relative one; undefined if it is none. SCF's Node 18.15 has no `URL.canParse`. */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
