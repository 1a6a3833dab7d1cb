import { readFileSync, writeFileSync } from 'node:fs'
import { isScalar, parseDocument } from 'yaml'
import type { MovedStart } from '../shared/oncall/rotation-change.ts'

/**
 * Writes new starts of rotations into the text of an oncall.yml, which stays as it is otherwise, comments included. Undefined when a
 * `start` is not written there in plain letters, as behind an alias.
 */
function withStarts(text: string, starts: MovedStart[]): string | undefined {
  const document = parseDocument(text)
  const edits = starts.map(({ schedule, layer, start }) => {
    const path = ['schedules', schedule, ...(layer === undefined ? [] : ['layers', layer]), 'start']
    const node = document.getIn(path, true)
    return isScalar(node) && node.range ? { from: node.range[0], to: node.range[1], start } : undefined
  })
  let written = text
  for (const edit of edits.sort((a, b) => (b?.from ?? 0) - (a?.from ?? 0))) {
    if (edit === undefined) return undefined
    written = written.slice(0, edit.from) + edit.start + written.slice(edit.to)
  }
  return written
}

/** Writes them into the file; false when that can't be done. */
export function writeStarts(path: string, starts: MovedStart[]): boolean {
  try {
    const written = withStarts(readFileSync(path, 'utf8'), starts)
    if (written !== undefined) writeFileSync(path, written)
    return written !== undefined
  } catch {
    return false
  }
}
