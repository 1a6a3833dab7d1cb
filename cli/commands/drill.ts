import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
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

const help = `
A web server of the drill's own, watched from three clouds, goes down. Layer 1 does not answer, layer 2 answers and presses nothing, layer 3 presses 1.
The server returns, and all who were told are told. Then a thousand alerts of one project come at once, and one of another, whose phone must
ring all the same. Nothing leaves this machine, and no data of yours is touched.

--json prints one object; the timeline goes to standard error:
  ok              everything happened, exactly once
  detectedMs      from the server going down to the incident being opened
  firstCallMs     from the incident being opened to the first call being asked for
  escalations     layer, and fromEventMs: from Connect's event that the call before has ended to this layer's call
                  being asked for (goal: 1000 after a call that was not answered, 3000 after one without a key)
  acknowledgedBy  the contact who pressed 1
  resolvedMs      from the server being back to the incident being resolved
  storm           from the storm's alerts being sent: otherCallMs to the call about the other project's (at most 5000),
                  joinedMs to all of them being joined
  calls, messages how many there were
  lost            how many things did not happen that should have
  duplicates      how many happened more often than they should have: calls per layer, messages per recipient and change
  failures, data  when it failed: what in words, and the folder with the logs

Exit code 0 only if everything happened exactly once.`

export function addDrill(program: Command, io: CliIo, done: Done): void {
  program
    .command('drill')
    .description('Rehearse on this machine: something breaks, phones ring, a human answers. Under a minute')
    .option('--json', 'one object for machines')
    .addHelpText('after', help)
    .action(async (options: { json?: true }) => done(await drill(options, io)))
}

/** Rehearses, and keeps the data only if that failed. */
async function drill({ json }: { json?: true }, io: CliIo): Promise<number> {
  const calledOff = new AbortController()
  const goOn = io.onInterrupt(() => calledOff.abort())
  const data = mkdtempSync(join(tmpdir(), 'fenghuo-drill-'))
  let keep = false
  try {
    const rehearsal = await play(data, calledOff.signal, json ? io.err : io.out, io)
    const result = resultOf(rehearsal)
    keep = !result.ok
    if (json) io.out(JSON.stringify(keep ? { ...result, data } : result))
    else io.out(`\n${summaryOf(result)}`)
    if (keep) io.err(`Logs, queues and tables are kept in ${data}`)
    return result.ok ? FINE : BAD
  } catch (error) {
    if (calledOff.signal.aborted) {
      io.err('The rehearsal was called off.')
      return FAILED
    }
    keep = true
    io.err(`Logs, queues and tables are kept in ${data}`)
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
    return await rehearse(stage, { cast, onCall }, robots, {
      now: io.now,
      tell(event) {
        const line = lineOf(event, [...cast, onCall], from)
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
function resultOf({ events, deadLetters, stuck }: Rehearsal): Score {
  const expected = new Map([
    ...expectedOfTrouble(cast, robots),
    ...expectedOfRecovery(cast, robots),
    ...expectedOfStorm(onCall),
    ...expectedOfCalm(onCall),
  ])
  const result = score(events, { cast, onCall }, expected, deadLetters)
  if (stuck === undefined) return result
  return { ...result, ok: false, failures: [`waited in vain: ${stuck}`, ...(result.failures ?? [])] }
}
