import { mapAtMost } from '../../shared/contracts/at-most.ts'
import { asWritten, type Bilingual, inLines } from '../../shared/contracts/words.ts'
import type { Patience } from './attempts.ts'
import {
  type Backend,
  CloudError,
  type FoundFunction,
  type FoundUnit,
  type WantedFunction,
  type WantedUnit,
} from './backend.ts'
import {
  isEmpty,
  isLive,
  type Preparation,
  planUnit,
  refusals,
  type Settling,
  superfluous,
  type UnitPlan,
} from './plan.ts'
import { readSettled, ready, settled, whenReady } from './readiness.ts'
import { stepWords, unitWords } from './step-words.ts'

/**
 * Functions worked on at a time: SCF's slowest actions take 20 calls a second, and twenty functions move through a chain of
 * calls side by side.
 */
export const AT_ONCE = 20

/** How often what someone else changed meanwhile is read and planned again. */
const ROUNDS = 4

/** How far apart two deployments begin their next round, at most, in milliseconds. */
const APART_MS = 2000

/** What a deployment tells while it goes on. */
export interface Progress {
  /** What is being done to a function now. */
  doing(name: string, what: Bilingual): void
}

export interface Execution extends Patience, Progress {}

/** Carries out a unit's plan. Run again after it was cut off anywhere, it comes to the same end; `found` is what the plan was made of. */
export async function execute(
  backend: Backend,
  plan: UnitPlan,
  found: FoundUnit | undefined,
  io: Execution,
): Promise<void> {
  let [current, there] = [plan, found]
  for (let round = 1; !isEmpty(current); round++) {
    try {
      await carryOut(backend, current, there, io)
      return
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'stale') throw error
      if (round === ROUNDS) throw keepsChanging(plan.unit, error)
      // Two deployments that fell over each other must not do so again in step.
      await io.wait(io.random() * round * APART_MS)
      const { unit } = plan
      const names = unit.functions.map(({ name }) => name)
      there = await readSettled(backend, unit.name, names, io)
      const refused = refusals([unit], [there], backend)
      if (refused.length > 0) throw new CloudError(inLines(refused), { kind: 'final', code: 'Refused' })
      current = planUnit(unit, there, backend)
    }
  }
}

async function carryOut(backend: Backend, plan: UnitPlan, found: FoundUnit | undefined, io: Execution): Promise<void> {
  await each(plan.functions, async ({ wanted, prepare }) => {
    for (const step of prepare) await prepareFunction(backend, plan.unit, wanted, step, found, io)
  })
  const version = plan.release ? await release(backend, plan.unit, io) : undefined
  await each(plan.functions, async ({ wanted, settle }) => {
    for (const step of settle) await settleFunction(backend, plan.unit, wanted, step, io)
  })
  await each(plan.remove, (gone) => removeFunction(backend, plan.unit.name, gone, io))
  const versions = version === undefined ? plan.forget : found ? superfluous(found, version) : []
  for (const old of versions) {
    await change(backend, plan.unit, plan.unit.functions, () => backend.deleteVersion(plan.unit.name, old), io)
  }
}

async function prepareFunction(
  backend: Backend,
  unit: WantedUnit,
  wanted: WantedFunction,
  step: Preparation,
  found: FoundUnit | undefined,
  io: Execution,
): Promise<void> {
  const { name } = wanted
  io.doing(name, stepWords(step))
  switch (step.do) {
    case 'recreate': {
      const broken = found?.functions.find((one) => one.name === name)
      if (broken) await removeFunction(backend, unit.name, broken, io)
      await backend.create(unit.name, wanted)
      break
    }
    case 'create':
      await backend.create(unit.name, wanted)
      break
    case 'update code':
      await change(backend, unit, [wanted], () => backend.updateCode(unit.name, wanted), io)
      break
    case 'update configuration':
      await change(
        backend,
        unit,
        [wanted],
        () =>
          backend.updateConfiguration(
            unit.name,
            wanted,
            step.differences.map(({ field }) => field),
          ),
        io,
      )
  }
  await ready(backend, unit.name, name, io)
}

/** Publishes, waits until the version can be called, sees that it is what was wanted, and only then makes it live. */
async function release(backend: Backend, unit: WantedUnit, io: Execution): Promise<string> {
  for (const { name } of unit.functions) io.doing(name, unitWords.publish)
  const version = await change(backend, unit, unit.functions, () => backend.publish(unit), io)
  await each(unit.functions, async (wanted) => {
    await ready(backend, unit.name, wanted.name, io, version)
    const content = await backend.content(unit.name, wanted.name, version)
    if (!isLive(wanted, content)) throw overtaken(wanted.name, version)
  })
  for (const { name } of unit.functions) io.doing(name, unitWords.goLive(version))
  await change(backend, unit, unit.functions, () => backend.pointLive(unit.name, version), io)
  return version
}

async function settleFunction(
  backend: Backend,
  unit: WantedUnit,
  wanted: WantedFunction,
  step: Settling,
  io: Execution,
): Promise<void> {
  const { name } = wanted
  io.doing(name, stepWords(step))
  await change(backend, unit, [wanted], () => settle(backend, unit.name, wanted, step), io)
}

async function settle(backend: Backend, unit: string, wanted: WantedFunction, step: Settling): Promise<void> {
  const { name } = wanted
  switch (step.do) {
    case 'update tags':
      return backend.updateTags(unit, wanted, step.found)
    case 'create timer':
      return backend.createTimer(unit, name, step.timer)
    case 'update timer':
      return backend.updateTimer(unit, name, step.timer)
    case 'delete timer':
      return backend.deleteTimer(unit, name, step.timer)
    case 'open url':
      return backend.openUrl?.(unit, name, step.fields, step.found)
    case 'close url':
      return backend.closeUrl?.(unit, name, step.found)
    case 'put asynchronous invocation':
      return backend.putAsyncInvocation(unit, name, step.fields)
    case 'delete asynchronous invocation':
      return backend.deleteAsyncInvocation(unit, name)
    case 'reserve concurrency':
      return backend.putReservedConcurrency(unit, name, step.value)
    case 'delete reserved concurrency':
      return backend.deleteReservedConcurrency(unit, name)
  }
}

/** Deletes a function, its timers and its address first so that nothing calls it any more, and waits until it is gone. */
async function removeFunction(
  backend: Backend,
  unit: string,
  { name, timers, url }: FoundFunction,
  io: Execution,
): Promise<void> {
  io.doing(name, unitWords.remove)
  const read = () => backend.state(unit, name)
  for (const timer of timers) await whenReady(() => backend.deleteTimer(unit, name, timer), read, name, io)
  if (url !== undefined) await whenReady(async () => backend.closeUrl?.(unit, name, url), read, name, io)
  await whenReady(() => backend.remove(unit, name), read, name, io)
  const left = await settled(read, asWritten(name), io)
  if (left)
    throw new CloudError({ en: `${name} is still there`, zh: `${name} 还在` }, { kind: 'stale', code: 'StillThere' })
}

/** A change that waits for the functions it touches, if the vendor refuses it because they are busy. */
export function change<T>(
  backend: Backend,
  unit: { name: string },
  functions: { name: string }[],
  call: () => Promise<T>,
  io: Execution,
): Promise<T> {
  const read = async () => {
    const states = await mapAtMost(AT_ONCE, functions, ({ name }) => backend.state(unit.name, name))
    return states.find((state) => state?.is === 'busy') ?? states[0]
  }
  return whenReady(call, read, unit.name, io)
}

/** All at once, up to the limit; waits for all of them and then throws the first failure, so that nothing goes on behind. */
export async function each<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const failures = await mapAtMost(AT_ONCE, items, (item) =>
    work(item).then(
      () => [],
      (error: unknown) => [error],
    ),
  )
  const [first] = failures.flat()
  if (first !== undefined) throw first
}

function overtaken(name: string, version: string): CloudError {
  return new CloudError(
    {
      en: `version ${version} of ${name} is not what this deployment made`,
      zh: `${name} 的版本 ${version} 不是这次部署发布的`,
    },
    { kind: 'stale', code: 'Overtaken' },
  )
}

function keepsChanging(unit: WantedUnit, last: CloudError): CloudError {
  return new CloudError(
    {
      en: `${unit.name} is changed by someone else at the same time: ${last.words.en}`,
      zh: `${unit.name} 同时被别人改动：${last.words.zh}`,
    },
    {
      kind: 'final',
      code: last.code,
      advice: {
        en: 'Another deployment is under way: run this again when it is done.',
        zh: '另一次部署正在进行：等它完成后再执行。',
      },
      ...(last.action === undefined ? {} : { action: last.action }),
      ...(last.requestId === undefined ? {} : { requestId: last.requestId }),
    },
  )
}
