import { median, type Spread, spreadOf } from './statistics.ts'

/** One benchmark: one file. It measures itself against its peer or floor in the same run. */
export interface Benchmark {
  name: string
  /** One line for `--help`. */
  summary: string
  /** The most that a figure or ratio may be, by its name. */
  goals: Record<string, number>
  /** Measures `runs` times. `progress` is told what is being done. */
  measure(runs: number, progress: (what: string) => void): Promise<Run[]>
}

/** What one run measured. The unit is a figure's last word: `warmMs`. A ratio is ours to the peer's: less is better. */
export interface Run {
  figures: Record<string, number>
  ratios: Record<string, number>
}

/** Medians over the runs; `spread` has the least and the greatest of every figure and ratio. */
export interface Result {
  name: string
  runs: number
  figures: Record<string, number>
  ratios: Record<string, number>
  spread: Record<string, Spread>
}

export function resultOf(name: string, runs: readonly Run[]): Result {
  const figures = columns(runs.map((run) => run.figures))
  const ratios = columns(runs.map((run) => run.ratios))
  return {
    name,
    runs: runs.length,
    figures: mapValues(figures, (values) => rounded(median(values))),
    ratios: mapValues(ratios, (values) => rounded(median(values))),
    spread: mapValues({ ...figures, ...ratios }, (values) => mapValues(spreadOf(values), rounded)),
  }
}

/** Four significant digits: what is behind them is noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** The values of every name over all runs. A run that lacks a name is a mistake, not a gap. */
function columns(rows: readonly Record<string, number>[]): Record<string, number[]> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return Object.fromEntries(
    names.map((name) => [
      name,
      rows.map((row) => {
        const value = row[name]
        if (value === undefined) throw new Error(`a run has no ${name}`)
        return value
      }),
    ]),
  )
}

function mapValues<Key extends string, From, To>(
  record: Record<Key, From>,
  change: (value: From) => To,
): Record<Key, To> {
  const entries = Object.entries<From>(record).map(([key, value]) => [key, change(value)])
  return Object.fromEntries(entries)
}
