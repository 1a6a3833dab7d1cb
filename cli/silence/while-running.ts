import type { Instant } from '../../shared/contracts/words.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { CommandError, FAILED, FINE, reasonOf } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { commonWords } from '../words/common.ts'
import { programWords } from '../words/program.ts'
import { silenceWords } from '../words/silence.ts'
import { type SilenceKeeper, SilenceOver } from './keeper.ts'

/** As shells have it: 128 and the number of SIGINT, and what could not be started because it is not there, or for another reason. */
const INTERRUPTED = 130
const NOT_THERE = 127
const NOT_STARTED = 126

/** A silence as it is asked for, and how it is made: resolves with it as it is kept. */
interface Silencing {
  wanted: Silence
  make(): Promise<Silence>
}

/**
 * Runs a program while a silence lasts, which is lifted however the program ends, be it by a signal; should this process die, it ends by
 * itself. Resolves with the program's exit code, and with 2 if that is 0 and the silence is left. Rejects if there is no silence to begin
 * with: what was kept of it is lifted, too.
 */
export async function runSilenced(
  toRun: string[],
  run: NonNullable<CliIo['run']>,
  { wanted, make }: Silencing,
  keeper: SilenceKeeper,
  io: CliIo,
): Promise<number> {
  let isInterrupted = false
  // Held until the silence is lifted: whoever is impatient then must not leave it behind.
  const goOn = io.onInterrupt(() => {
    isInterrupted = true
  })
  try {
    const silence = await make().catch(async (error: unknown) => {
      await liftHalfMade(error, wanted, keeper, io)
      throw error
    })
    const code = isInterrupted ? INTERRUPTED : await runBeside(toRun, run, silence, keeper, io)
    const isLifted = await lift(silence, keeper, io)
    return code === FINE && !isLifted ? FAILED : code
  } finally {
    goOn()
  }
}

async function runBeside(
  toRun: string[],
  run: NonNullable<CliIo['run']>,
  silence: Silence,
  keeper: SilenceKeeper,
  io: CliIo,
): Promise<number> {
  const [program = ''] = toRun
  const ended = new AbortController()
  const told = tellEnd(silence, program, keeper, ended.signal, io)
  try {
    return await run(toRun)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    io.err(programWords[io.language].error(silenceWords[io.language].notStarted(program, message)))
    return code === 'ENOENT' ? NOT_THERE : NOT_STARTED
  } finally {
    ended.abort()
    await told
  }
}

/** Enough to make it longer. */
const AHEAD_MS = 300_000

/** Timers take no more than 2^31 - 1 ms (Node.js, `setTimeout`). */
const LONGEST_WAIT_MS = 86_400_000

/** Whoever waits for a program looks at no clock: says that the silence ends without it, before and then. It may have been made longer. */
async function tellEnd(silence: Silence, program: string, keeper: SilenceKeeper, ended: AbortSignal, io: CliIo) {
  const aheadMs = Math.min(AHEAD_MS, (silence.endsAt - io.now()) / 3)
  const { warning } = commonWords[io.language]
  const say = silenceWords[io.language]
  let { endsAt } = silence
  while (endsAt > io.now()) {
    if (!(await waitUntil(endsAt - aheadMs, ended, io))) return
    const known = await endNow(silence.id, endsAt, keeper)
    if (known <= io.now()) return
    if (known <= endsAt) {
      io.err(warning(say.endsFirst(silence.id, timeSeenFrom(io.now(), known, io.timezone), program)))
      if (!(await waitUntil(known, ended, io))) return
    }
    endsAt = Math.max(known, await endNow(silence.id, known, keeper))
  }
  io.err(warning(say.endedFirst(silence.id, program)))
}

/** Whether that time came before the program's end. */
async function waitUntil(at: Instant, ended: AbortSignal, io: CliIo): Promise<boolean> {
  while (at > io.now() && !ended.aborted)
    await io.wait(Math.min(at - io.now(), LONGEST_WAIT_MS), ended).catch(() => undefined)
  return !ended.aborted
}

/** As it is kept; as it was known where that can't be seen. */
async function endNow(id: string, known: Instant, keeper: SilenceKeeper): Promise<Instant> {
  const kept = await keeper.list().catch(() => [])
  return kept.find(({ silence }) => silence.id === id)?.silence.endsAt ?? known
}

/**
 * Whoever deploys has to know if what they silenced still is; it may be over already, by itself or by somebody else's hand. Whether it is
 * over.
 */
async function lift({ id, endsAt }: Silence, keeper: SilenceKeeper, io: CliIo): Promise<boolean> {
  try {
    await keeper.move(id, () => io.now())
    io.err(commonWords[io.language].note(silenceWords[io.language].expired(id)))
    return true
  } catch (error) {
    if (error instanceof SilenceOver) return true
    tellLeft({ id, endsAt }, error, io)
    return false
  }
}

/** It may be kept, and what failed be only that somebody hears of it at once: nothing runs, and nobody else would lift it. */
async function liftHalfMade(failure: unknown, wanted: Silence, keeper: SilenceKeeper, io: CliIo): Promise<void> {
  // It was refused; or a console has not answered, which gives its silences names of its own, and says so.
  if (failure instanceof CommandError) return
  try {
    await keeper.move(wanted.id, () => io.now())
  } catch (error) {
    // Nobody knows it.
    if (!(error instanceof CommandError)) tellLeft(wanted, error, io)
  }
}

function tellLeft({ id, endsAt }: Pick<Silence, 'id' | 'endsAt'>, error: unknown, io: CliIo): void {
  const until = timeSeenFrom(io.now(), endsAt, io.timezone)
  const why = reasonOf(error, io.language)
  io.err(commonWords[io.language].warning(silenceWords[io.language].notEnded(id, why, until)))
}
