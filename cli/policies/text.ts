/** A document's lines are this long at most. */
const WIDTH = 128

/** A policy as JSON for people: on one line what fits there, and lists of actions filled up. */
export function policyText(value: unknown, indent = ''): string {
  const flat = oneLine(value)
  if (indent.length + flat.length <= WIDTH && !isStatements(value)) return flat
  const inner = `${indent}  `
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return `[\n${filled(value.map(oneLine), inner)}\n${indent}]`
  }
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + policyText(item, inner)).join(',\n')}\n${indent}]`
  }
  const fields = Object.entries(Object(value)).map(([key, item]) => `${inner}"${key}": ${policyText(item, inner)}`)
  return `{\n${fields.join(',\n')}\n${indent}}`
}

/** Each statement begins on a line of its own, and so does what holds them. */
function isStatements(value: unknown): boolean {
  const holder = Object(value)
  return Array.isArray(value)
    ? value.some((item) => typeof item === 'object')
    : 'Statement' in holder || 'statement' in holder
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([key, item]) => `"${key}": ${oneLine(item)}`)
  return `{ ${fields.join(', ')} }`
}

/** As many on a line as go. */
function filled(items: string[], indent: string): string {
  const lines: string[] = []
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item},`
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + text.length <= WIDTH) lines[lines.length - 1] = `${last} ${text}`
    else lines.push(indent + text)
  }
  return lines.join('\n')
}
