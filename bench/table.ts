import { table } from '../cli/table.ts'
import type { Result } from './benchmark.ts'

/** A result for people: every figure and ratio with its spread, and its goal where it has one. */
export function resultTable(result: Result, goals: Record<string, number>): string {
  const rows = [
    ...Object.entries(result.figures).map((entry) => row(entry, '', result, goals)),
    ...Object.entries(result.ratios).map((entry) => row(entry, '×', result, goals)),
  ]
  const heading = `${result.name}, median of ${result.runs} ${result.runs === 1 ? 'run' : 'runs'}`
  return `${heading}\n${table(['', 'median', 'min', 'max', 'goal', ''], rows)}`
}

function row(
  [name, value]: [string, number],
  unit: string,
  { spread }: Result,
  goals: Record<string, number>,
): string[] {
  const { min, max } = spread[name] ?? { min: value, max: value }
  const goal = goals[name]
  const met = goal === undefined ? ['', ''] : [`≤ ${goal}${unit}`, value <= goal ? 'met' : 'MISSED']
  return [name, ...[value, min, max].map((number) => `${number}${unit}`), ...met]
}
