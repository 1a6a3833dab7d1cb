import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { Instant, VerdictWord } from '../../shared/contracts/words.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { factIn } from '../../shared/messages/facts.ts'
import type { CliIo, Screen } from '../io.ts'
import { cut } from '../table.ts'
import { checkWords } from '../words/check.ts'
import { several } from '../words/counts.ts'
import { byBadness, type CheckResult } from './result.ts'
import { resultTable } from './rows.ts'
import { countOf, countText, shownRuns } from './run.ts'
import type { Renderer } from './watch.ts'

const MOST_DETAIL = 500

/** One object a round, each on a line. */
export function jsonRenderer(io: CliIo): Renderer {
  return {
    onRun() {},
    onRound: (at, runs) => io.out(JSON.stringify({ at, ...shownRuns(runs, io.language) })),
    onTick() {},
  }
}

/** A line for each change, which can be appended to a file. */
export function lineRenderer(io: CliIo): Renderer {
  const before = new Map<string, VerdictWord>()
  return {
    onRun({ observation, result }) {
      const { name, outcome = observation.outcome, fault } = result
      const last = before.get(name)
      before.set(name, outcome)
      if (last === outcome) return
      const say = checkWords[io.language]
      const change = say.change(outcome, last)
      const time = new Date(observation.at).toISOString().replace(/\.\d+Z$/, 'Z')
      io.out(
        [time, name, change, fault === undefined ? '' : oneLine(factIn(io.language, fault), MOST_DETAIL)]
          .filter((text) => text !== '')
          .join(' '),
      )
    },
    onRound() {},
    onTick() {},
  }
}

/** The table on the terminal, drawn anew when something has changed; what is worst stands first. */
export function screenRenderer(
  results: ReadonlyMap<string, CheckResult>,
  checks: CompiledCheck[],
  passive: CompiledCheck[],
  screen: Screen,
  io: CliIo,
): Renderer {
  let drawn = ''
  let lastAt: Instant | undefined
  return {
    onRun({ observation }) {
      lastAt = observation.at
    },
    onRound() {},
    onTick() {
      const { columns, rows } = screen.size()
      const known = byBadness(checks.map(({ id }): CheckResult => results.get(id) ?? { name: id, parts: [] }))
      const say = checkWords[io.language]
      const time = lastAt === undefined ? '' : say.lastRun(new Date(lastAt).toLocaleTimeString('en-GB'))
      const counts = countText(countOf(known), io.language) || say.looking(several(checks.length, 'check', io.language))
      const lines = [say.ends(counts + time), '', ...resultTable(known, passive, io, columns).split('\n')]
      const shown = lines.slice(0, lines.length > rows ? rows - 1 : rows)
      const left = lines.length > rows ? [say.linesMore(lines.length - rows + 1)] : []
      const picture = [...shown, ...left].map((line) => cut(line, columns))
      if (picture.join('\n') === drawn) return
      drawn = picture.join('\n')
      screen.draw(picture)
    },
  }
}
