import { asWritten, type Bilingual } from '../../shared/contracts/words.ts'
import type { Patience } from './attempts.ts'
import { type Backend, CloudError, type FoundUnit, type State } from './backend.ts'

/** Pauses between looks, in milliseconds: the vendors take from half a second to a minute. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 3000

/** After this many looks, about five minutes, a function that is still busy counts as stuck. */
const LOOKS = 105

/** How often a change may be refused as too early although nothing seems to go on: half a minute of states that lag behind. */
const REFUSALS = 10

/** Waits until `look` gives something else than a busy state, and returns that. `name` is for the message if it never does. */
export async function settled(
  look: () => Promise<State | undefined>,
  name: Bilingual,
  { wait }: Pick<Patience, 'wait'>,
): Promise<State | undefined> {
  let pauseMs = FIRST_PAUSE_MS
  for (let looks = 1; ; looks++) {
    const state = await look()
    if (state?.is !== 'busy') return state
    if (looks === LOOKS) throw stuck(name, state.reason)
    await wait(pauseMs)
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)
  }
}

/** Waits until a function, or a version of it, can be called after a change. Throws if the change failed, or if the function is gone. */
export async function ready(
  backend: Backend,
  unit: string,
  name: string,
  patience: Pick<Patience, 'wait'>,
  version?: string,
): Promise<void> {
  const what: Bilingual =
    version === undefined ? asWritten(name) : { en: `version ${version} of ${name}`, zh: `${name} 的版本 ${version}` }
  if (backend.changeMs !== undefined) await patience.wait(backend.changeMs)
  const state = await settled(() => backend.state(unit, name, version), what, patience)
  if (state === undefined) {
    throw new CloudError({ en: `${what.en} is gone`, zh: `${what.zh} 不见了` }, { kind: 'stale', code: 'Gone' })
  }
  if (state.is !== 'ready') {
    throw new CloudError(
      { en: `${what.en} did not become ready: ${state.reason}`, zh: `${what.zh} 没有就绪：${state.reason}` },
      { kind: 'final', code: 'NotReady' },
    )
  }
}

/** Makes a change; while the function is busy with another one, waits and makes it again. */
export async function whenReady<T>(
  change: () => Promise<T>,
  look: () => Promise<State | undefined>,
  name: string,
  patience: Pick<Patience, 'wait'>,
): Promise<T> {
  for (let refusals = 0; ; refusals++) {
    try {
      return await change()
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'busy' || refusals === REFUSALS) throw error
      await settled(look, asWritten(name), patience)
      // Refused although it looks ready: its state lags behind, or something beside it is in progress.
      if (refusals > 0) await patience.wait(LONGEST_PAUSE_MS)
    }
  }
}

/** What is there, once nothing in it is being changed. */
export async function readSettled(
  backend: Backend,
  unit: string,
  names: readonly string[],
  patience: Pick<Patience, 'wait'>,
): Promise<FoundUnit | undefined> {
  const found = await backend.read(unit, names)
  const busy = found?.functions.filter(({ ours, state }) => ours && state.is === 'busy') ?? []
  if (busy.length === 0) return found
  for (const { name } of busy) await settled(() => backend.state(unit, name), asWritten(name), patience)
  return backend.read(unit, names)
}

function stuck({ en, zh }: Bilingual, reason: string): CloudError {
  return new CloudError(
    { en: `${en} is still busy after five minutes: ${reason}`, zh: `${zh} 五分钟后仍在变更：${reason}` },
    {
      kind: 'final',
      code: 'StillBusy',
      advice: { en: 'Look at it in the console, and run this again.', zh: '在控制台查看，再执行一次。' },
    },
  )
}
