/** Names of fields whose values are nobody's to see. */
const SECRET_NAME = /key$|token|secret|passw|authori[sz]ation|signature|credential|cookie/i

/**
 * What of a text may be a secret wherever it stands: what stands before a host, what follows `?`, long random words, and numbers of phones.
 * Whoever wrote it may be no friend: each takes time that grows as the text does, and no faster.
 */
const secrets: [RegExp, string][] = [
  [/(\/\/)[^/@\s"]+@/g, '$1…@'],
  [/(?<=https?:\/\/[^\s"?]+\?)[^\s"]+/g, '…'],
  [/\b(Bearer|Basic) +[\w+/=.-]+/gi, '$1 …'],
  [/(?<!\d)\+?\d{9,15}(?!\d)/g, '…'],
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{28,}(?![\w-])/g, '…'],
]

/** A message as it may be shown, in JSON where it is some: values that may be secret are `…`, and what is beyond `characters` is left out. */
export function withoutSecrets(text: string, characters: number): string {
  let shown = text
  try {
    shown = JSON.stringify(JSON.parse(text), hidden, 1)
  } catch {
    // It is no JSON: it is shown as a text.
  }
  for (const [pattern, instead] of secrets) shown = shown.replace(pattern, instead)
  const short = [...shown.slice(0, 2 * characters)].slice(0, characters).join('')
  return short.length < shown.length ? `${short}…` : shown
}

/** By what alerts and incidents are known, whatever its name ends with. */
const KNOWN_BY = ['dedupKey', 'groupKey']

/** Times are numbers as long as those of phones. */
function hidden(name: string, value: unknown): unknown {
  if (KNOWN_BY.includes(name) || typeof value === 'object' || typeof value === 'boolean') return value
  if (SECRET_NAME.test(name)) return '…'
  const isTime = typeof value === 'number' && value > 1e12 && value < 1e13
  return isTime ? new Date(value).toISOString() : value
}
