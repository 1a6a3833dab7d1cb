import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { cast, onCall } from '../drill/cast.ts'
import { robots } from '../drill/files.ts'
import { startLocalStage } from '../drill/local-stage.ts'
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
import { drillStory } from '../words/drill-story.ts'

export function addDrill(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = drillWords[io.language]
  program
    .command('drill')
    .description(say.about)
    .option('--json', commonWords[io.language].json)
    .addHelpText('after', `\n${say.notes}`)
    .action(async (options: { json?: true }) => done(await drill(options, io)))
}

/** Rehearses, and keeps the data only if that failed. */
async function drill({ json }: { json?: true }, io: CliIo): Promise<number> {
  const say = drillWords[io.language]
  const calledOff = new AbortController()
  const goOn = io.onInterrupt(() => calledOff.abort())
  const data = mkdtempSync(join(tmpdir(), 'fenghuo-drill-'))
  let keep = false
  try {
    const rehearsal = await play(data, calledOff.signal, json ? io.err : io.out, io)
    const result = resultOf(rehearsal, io.language)
    keep = !result.ok
    if (json) io.out(JSON.stringify(keep ? { ...result, data } : result))
    else io.out(`\n${summaryOf(result, io.language)}`)
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

async function play(data: string, signal: AbortSignal, print: CliIo['out'], io: CliIo): Promise<Rehearsal> {
  const from = io.now()
  const stage = await startLocalStage({ root: io.root, dataDir: data, cast, now: io.now })
  try {
    return await rehearse(stage, { cast, onCall }, robots, drillStory[io.language], {
      now: io.now,
      tell(event) {
        const line = lineOf(event, [...cast, onCall], from, io.language)
        if (line !== undefined) print(line)
      },
      async wait(ms) {
        signal.throwIfAborted()
        await io.wait(ms)
      },
    })
  } finally {
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
