/** The lines `name = value` under `[heading]`, without quotes around a value; undefined if there is no such heading. */
export function sectionOf(text: string, heading: string): Record<string, string> | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*[#;].*/, '').trim())
  const start = lines.indexOf(`[${heading}]`)
  if (start < 0) return undefined
  const end = lines.findIndex((line, index) => index > start && line.startsWith('['))
  const pairs = lines.slice(start + 1, end < 0 ? undefined : end).flatMap((line) => {
    const [name, ...value] = line.split('=')
    return name && value.length > 0 ? [[name.trim(), unquoted(value.join('=').trim())]] : []
  })
  return Object.fromEntries(pairs)
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
}
