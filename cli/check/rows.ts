import { passiveEvaluatorOf } from '../../shared/checks/evaluators.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Phases } from '../../shared/contracts/report.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { isPlace, vantageName } from '../../shared/messages/places.ts'
import { latency, shortDuration } from '../../shared/messages/times.ts'
import type { CliIo } from '../io.ts'
import { table, width, wrap } from '../table.ts'
import { checkWords } from '../words/check.ts'
import type { CheckResult } from './result.ts'

const phases = ['dns', 'connect', 'tls', 'firstByte', 'download'] satisfies (keyof Phases)[]

function headIn(language: Language): string[] {
  const { head, phase } = checkWords[language]
  return [...head, ...phases.map((name) => phase[name])]
}

const MOST_NAME = 60
const MOST_DETAIL = 500

/** Beneath a row that is too wide for its terminal. */
const INDENT = '    '

interface Row {
  cells: string[]
  detail: string
}

/** What checks saw, as a table: each place, group and topic on a line of its own. Without `columns` it is as wide as it is. */
export function resultTable(
  results: CheckResult[],
  passive: CompiledCheck[],
  io: Pick<CliIo, 'language'>,
  columns?: number,
): string {
  const head = headIn(io.language)
  const rows = [
    ...results.flatMap((result) => rowsOf(result, 0, io)),
    ...passive.map((check) => passiveRow(check, io.language)),
  ]
  // A phase that none of them has is no column.
  const shown = head.map((_, column) => column < 2 || rows.some(({ cells }) => cells[column]))
  const narrow = (cells: string[]) => cells.filter((_, column) => shown[column])
  const wide = table(
    [...narrow(head), checkWords[io.language].detail],
    rows.map(({ cells, detail }) => [...narrow(cells), detail]),
    MOST_DETAIL,
  )
  if (columns === undefined || fitsIn(wide, columns)) return wide
  const [headLine = '', ...lines] = table(
    narrow(head),
    rows.map(({ cells }) => narrow(cells)),
  ).split('\n')
  if (fitsIn([headLine, ...lines].join('\n'), columns)) return withDetails(headLine, lines, rows, columns)
  const [stateLine = '', ...states] = table(
    head.slice(0, 3),
    rows.map(({ cells }) => cells.slice(0, 3)),
  ).split('\n')
  return withDetails(
    stateLine,
    states,
    rows.map((row) => spelled(row, io.language)),
    columns,
  )
}

function rowsOf({ parts, ...result }: CheckResult, depth: number, io: Pick<CliIo, 'language'>): Row[] {
  const { name, outcome, latencyMs, fault } = result
  const shown = isPlace(name) ? vantageName(name, io.language) : name
  const row = {
    cells: [
      outcome === undefined ? '' : checkWords[io.language].state[outcome].toUpperCase(),
      `${'· '.repeat(depth)}${oneLine(shown, MOST_NAME)}`,
      latencyMs === undefined ? '' : latency(latencyMs),
      ...phases.map((phase) => phaseTime(result.phases?.[phase])),
    ],
    detail: fault === undefined ? '' : oneLine(factIn(io.language, fault), MOST_DETAIL),
  }
  return [row, ...parts.flatMap((part) => rowsOf(part, depth + 1, io))]
}

function phaseTime(ms: number | undefined): string {
  return ms === undefined ? '' : latency(ms)
}

function passiveRow(check: CompiledCheck, language: Language): Row {
  const { id, kind, spec } = check
  const period = shortDuration(passiveEvaluatorOf(check).periodMs(spec), language)
  return {
    cells: headIn(language).map((_, column) => ['-', id][column] ?? ''),
    detail: checkWords[language].passive(kind, period),
  }
}

/** A row whose phases have no columns. */
function spelled({ cells, detail }: Row, language: Language): Row {
  const { phase } = checkWords[language]
  const spans = phases.flatMap((name, index) => {
    const time = cells[index + 3]
    return time ? [`${phase[name].toLowerCase()} ${time}`] : []
  })
  return { cells, detail: [spans.join(', '), detail].filter((text) => text !== '').join('; ') }
}

function withDetails(headLine: string, lines: string[], rows: Row[], columns: number): string {
  const room = Math.max(10, columns - INDENT.length)
  const below = ({ detail }: Row) => wrap(detail, room).map((line) => INDENT + line)
  return [headLine, ...lines.flatMap((line, index) => [line, ...rows.slice(index, index + 1).flatMap(below)])].join(
    '\n',
  )
}

function fitsIn(text: string, columns: number): boolean {
  return text.split('\n').every((line) => width(line) <= columns)
}
