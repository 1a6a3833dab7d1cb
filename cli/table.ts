import { oneLine } from '../shared/messages/cut.ts'

/** A cell holds no more characters: what others wrote may be long. */
const CELL_CHARACTERS = 120

/** Columns under their headings, for a terminal. What others wrote can't move its cursor: control characters are gone. */
export function table(head: string[], rows: string[][], cellCharacters = CELL_CHARACTERS): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => oneLine(cell, cellCharacters)))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A text in lines of at most `columns` on a terminal, broken between words where there are some. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )|(?<=[^\x20-\x7e])/)) {
    if (line !== '' && width(line + word.trimEnd()) > columns) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += word
    while (width(line.trimEnd()) > columns && line.length > 1) {
      const head = cut(line, columns)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return [...lines, line.trimEnd()].filter((each) => each !== '')
}

/** As much of a text, and at least a character, as `columns` of a terminal hold. */
export function cut(text: string, columns: number): string {
  let end = 0
  let used = 0
  for (const character of text) {
    used += width(character)
    if (used > columns && end > 0) break
    end += character.length
  }
  return text.slice(0, end)
}

/** Columns of a terminal: wide characters, Chinese among them, take two. */
export function width(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (isWide(character) ? 2 : 1), 0)
}

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    character,
  )
}
