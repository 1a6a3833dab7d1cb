import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { cast, onCall } from '../drill/cast.ts'
import { robots } from '../drill/files.ts'
import { startLocalStage } from '../drill/local-stage.ts'
import { linesInOrder } from '../drill/regions/in-order.ts'
import { judge } from '../drill/regions/promise.ts'
import { rehearseRegions } from '../drill/regions/rehearse.ts'
import { startRegions } from '../drill/regions/start-regions.ts'
import * as sideBySide from '../drill/regions/tell.ts'
import { type Rehearsal, rehearse } from '../drill/rehearse.ts'
import {
  expectedOfCalm,
  expectedOfRecovery,
  expectedOfStorm,
  expectedOfTrouble,
  type Score,
  score,
} from '../drill/score.ts'
import { lineOf, summaryOf } from '../drill/tell.ts'
import { BAD, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { commonWords } from '../words/common.ts'
import { drillWords } from '../words/drill.ts'
import { drillRegionsWords } from '../words/drill-regions.ts'
import { drillStory } from '../words/drill-story.ts'

export function addDrill(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = drillWords[io.language]
  program
    .command('drill')
    .description(say.about)
    .option('--region', drillRegionsWords[io.language].option)
    .option('--json', commonWords[io.language].json)
    .addHelpText('after', `\n${say.notes}`)
    .action(async ({ region, json }: { region?: true; json?: true }) => {
      const play = region ? playRegions : playAlone
      done(await drill(play, json === true, io))
    })
}

/** How a rehearsal went, for machines and for people. */
interface Played {
  result: { ok: boolean }
  summary: string
}

/** Plays a rehearsal with its data in a folder, and prints its timeline. Rejects when it is called off by the signal. */
type Play = (data: string, signal: AbortSignal, print: CliIo['out'], io: CliIo) => Promise<Played>

/** Rehearses, and keeps the data only if that failed. */
async function drill(play: Play, isJson: boolean, io: CliIo): Promise<number> {
  const say = drillWords[io.language]
  const calledOff = new AbortController()
  const goOn = io.onInterrupt(() => calledOff.abort())
  const data = mkdtempSync(join(tmpdir(), 'fenghuo-drill-'))
  let keep = false
  try {
    const { result, summary } = await play(data, calledOff.signal, isJson ? io.err : io.out, io)
    keep = !result.ok
    if (isJson) io.out(JSON.stringify(keep ? { ...result, data } : result))
    else io.out(`\n${summary}`)
    if (keep) io.err(say.kept(data))
    return result.ok ? FINE : BAD
  } catch (error) {
    if (calledOff.signal.aborted) {
      io.err(say.calledOff)
      return FAILED
    }
    keep = true
    io.err(say.kept(data))
    throw error
  } finally {
    goOn()
    if (!keep) rmSync(data, { recursive: true, force: true })
  }
}

const waiting = (signal: AbortSignal, io: CliIo) => async (ms: number) => {
  signal.throwIfAborted()
  await io.wait(ms)
}

async function playAlone(data: string, signal: AbortSignal, print: CliIo['out'], io: CliIo): Promise<Played> {
  const from = io.now()
  const stage = await startLocalStage({ root: io.root, dataDir: data, cast, now: io.now })
  try {
    print(drillWords[io.language].phonesAt(stage.phonesAt))
    const rehearsal = await rehearse(stage, { cast, onCall }, robots, drillStory[io.language], {
      now: io.now,
      tell(event) {
        const line = lineOf(event, [...cast, onCall], from, io.language)
        if (line !== undefined) print(line)
      },
      wait: waiting(signal, io),
    })
    const result = resultOf(rehearsal, io.language)
    return { result, summary: summaryOf(result, io.language) }
  } finally {
    await stage.stop()
  }
}

async function playRegions(data: string, signal: AbortSignal, print: CliIo['out'], io: CliIo): Promise<Played> {
  const from = io.now()
  const stage = await startRegions({ root: io.root, dataDir: data, now: io.now })
  const lines = linesInOrder(print, io.now)
  const wait = waiting(signal, io)
  try {
    print(sideBySide.headOf())
    const rehearsal = await rehearseRegions(stage, {
      now: io.now,
      tell(event) {
        const line = sideBySide.lineOf(event, from, io.language)
        if (line !== undefined) lines.add(event.at, line)
      },
      async wait(ms) {
        lines.print()
        await wait(ms)
      },
    })
    const failures = sideBySide.failuresOf(rehearsal, io.language)
    const score = judge(rehearsal.events)
    const result = { ...score, ok: failures.length === 0, ...(failures.length > 0 && { failures }) }
    return { result, summary: sideBySide.summaryOf(score, failures, io.language) }
  } finally {
    // What was called off is told as far as it went.
    lines.print(true)
    await stage.stop()
  }
}

/** What was waited for in vain is named first. */
function resultOf({ events, deadLetters, stuck }: Rehearsal, language: Language): Score {
  const say = drillStory[language]
  const expected = new Map([
    ...expectedOfTrouble(cast, robots, say),
    ...expectedOfRecovery(cast, robots, say),
    ...expectedOfStorm(onCall, say),
    ...expectedOfCalm(onCall, say),
  ])
  const result = score(events, { cast, onCall }, expected, deadLetters, say)
  if (stuck === undefined) return result
  return { ...result, ok: false, failures: [drillWords[language].inVain(stuck), ...(result.failures ?? [])] }
}
