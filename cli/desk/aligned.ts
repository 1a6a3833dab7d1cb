import { width } from '../table.ts'

/** Labels and what they are of, below each other; without a value none is shown. */
export function aligned(all: [string, string | undefined][]): string[] {
  const lines = all.filter(([, value]) => value)
  const widest = Math.max(...lines.map(([label]) => width(label)))
  return lines.map(([label, value]) => `  ${label}${' '.repeat(widest - width(label))}  ${value}`)
}
