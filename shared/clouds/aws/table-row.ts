import type { Row, RowKey } from '../../store/table.ts'
import type { AttributeValue, Item } from './dynamodb-actions.ts'

/** Attributes that are numbers in a row. */
const numbers = new Set(['version', 'v', 'dueAt', 'openedAt', 'expiresAt', 'count'])

/** How a row stands in DynamoDB. With a due time it joins the sparse index of sweeps: all under one hash, sorted by time. */
export function toItem(row: Row): Item {
  const item: Item = {}
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue
    item[name] = typeof value === 'number' ? { N: String(value) } : textIn(name, String(value))
  }
  if (item.dueAt !== undefined) item.due = { S: 'due' }
  return item
}

/** A state that is packed is base64: it is kept as bytes, of which there are a quarter less to be paid for, and reads as it was. */
function textIn(name: string, text: string): AttributeValue {
  // JSON begins with what base64 never has: most states are spared to be read as such.
  const isBytes =
    name === 'state' && /^[A-Za-z0-9+/]/.test(text) && Buffer.from(text, 'base64').toString('base64') === text
  return isBytes ? { B: text } : { S: text }
}

export function toKey({ pk, sk }: RowKey): Item {
  return { pk: { S: pk }, sk: { S: sk } }
}

export function toRow(item: Item): Row {
  const row: Row & Record<string, string | number> = { pk: '', sk: '' }
  for (const name in item) {
    if (name === 'due') continue
    const { S, B, N }: AttributeValue = item[name] ?? {}
    const text = S ?? B ?? N
    if (text !== undefined) row[name] = numbers.has(name) ? Number(text) : text
  }
  return row
}
