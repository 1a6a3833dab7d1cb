import type { DrillStory } from '../words/drill-story.ts'
import type { Company, Player } from './cast.ts'
import { expectedOfCalm, expectedOfRecovery, expectedOfStorm, expectedOfTrouble, missing } from './score.ts'
import type { PhoneAction, Stage, StageEvent } from './stage.ts'

export interface RehearsalIo {
  /** Told of each event as it happens. */
  tell(event: StageEvent): void
  now(): number
  /** Resolves after `ms`; rejects when the rehearsal is called off. */
  wait(ms: number): Promise<void>
}

export interface Rehearsal {
  events: StageEvent[]
  deadLetters: number
  /** What was waited for in vain, in words; the rest of the script was not played. */
  stuck?: string
}

/** A probe is run this often; a timer of the cloud's does it once a minute. */
const PROBE_EVERY_MS = 1_000

/** How long one scene may take. */
const SCENE_MS = 20_000

/** After the end nothing may happen for so long: no wait of the path's own for a phone is longer. */
const QUIET_MS = 2_000

const LOOK_EVERY_MS = 20

/**
 * Plays the script on a stage: the server goes down, the phones are played, somebody acknowledges, the server returns, all who
 * were told are told; then a storm of one project, in which who is `onCall` for another is called. Resolves with what happened,
 * whether it is good or bad; rejects when it is called off. What is missing is named in the words of `say`.
 */
export async function rehearse(
  stage: Stage,
  { cast, onCall }: Company,
  robots: string[],
  say: DrillStory,
  io: RehearsalIo,
): Promise<Rehearsal> {
  const everybody = [...cast, onCall]
  const events: StageEvent[] = []
  const note = (event: StageEvent) => {
    events.push(event)
    io.tell(event)
  }
  const trouble = (error: unknown) =>
    note({ type: 'trouble', at: io.now(), trouble: { of: 'rehearsal', reason: reasonOf(error) } })
  stage.listen((event) => {
    note(event)
    const action = actionFor(event, everybody)
    if (action !== undefined && 'call' in event) stage.phone(event.call, action).catch(trouble)
  })

  let nextProbe = io.now()
  let probing: Promise<void> | undefined
  function probeWhenDue(): void {
    if (probing !== undefined || io.now() < nextProbe) return
    nextProbe = io.now() + PROBE_EVERY_MS
    probing = stage
      .probe()
      .catch(trouble)
      .finally(() => {
        probing = undefined
      })
  }

  /** Gives what is still missing after a scene's time, empty when it went well. */
  async function until(left: () => string[]): Promise<string[]> {
    const end = io.now() + SCENE_MS
    while (left().length > 0 && io.now() < end) {
      probeWhenDue()
      await io.wait(LOOK_EVERY_MS)
    }
    return left()
  }

  const isUp = () => events.some((event) => event.type === 'verdict' && event.verdict === 'up')
  const scenes: { left(): string[]; next?(): Promise<void> }[] = [
    { left: () => (isUp() ? [] : [say.verdict('up')]), next: () => stage.takeDown() },
    { left: () => missing(expectedOfTrouble(cast, robots, say), events, cast, say), next: () => stage.bringUp() },
    {
      left: () => missing(expectedOfRecovery(cast, robots, say), events, cast, say),
      next: () => stage.rage('trigger'),
    },
    { left: () => missing(expectedOfStorm(onCall, say), events, everybody, say), next: () => stage.rage('resolve') },
    { left: () => missing(expectedOfCalm(onCall, say), events, everybody, say) },
  ]
  try {
    for (const { left, next } of scenes) {
      const [stuck] = await until(left)
      if (stuck !== undefined) return { events, deadLetters: await stage.deadLetters(), stuck }
      await next?.()
    }
    const end = io.now() + QUIET_MS
    while (io.now() < end) {
      probeWhenDue()
      await io.wait(LOOK_EVERY_MS)
    }
    return { events, deadLetters: await stage.deadLetters() }
  } finally {
    await probing
  }
}

/** What whoever is called does now, by the part they play. A stranger lets it ring. */
function actionFor(event: StageEvent, cast: Player[]): PhoneAction | undefined {
  if (event.type !== 'ring' && event.type !== 'listening') return undefined
  const part = cast.find(({ phone }) => phone === event.phone)?.part ?? 'lets it ring'
  if (event.type === 'ring') return part === 'lets it ring' ? 'no-answer' : 'answer'
  return part === 'takes it' ? 'acknowledge' : 'hangup'
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
