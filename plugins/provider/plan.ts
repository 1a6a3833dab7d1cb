import { isDeepStrictEqual } from 'node:util'
import type { Bilingual } from '../../shared/contracts/words.ts'
import {
  type Backend,
  type Content,
  type Fields,
  type FoundFunction,
  type FoundTimer,
  type FoundUnit,
  type FoundUrl,
  LIVE,
  type WantedFunction,
  type WantedTimer,
  type WantedUnit,
} from './backend.ts'
import { type Difference, differencesOf, fits } from './fields.ts'

/** What a backend says of its fields. */
export type FieldRules = Pick<Backend, 'codeFields' | 'fixedFields' | 'secretFields'>

/** Makes the working copy what is wanted. */
export type Preparation =
  | { do: 'create' }
  | { do: 'recreate'; reason: string }
  | { do: 'update code' }
  | { do: 'update configuration'; differences: Difference[] }

/** What needs no version, or one that is live. */
export type Settling =
  | { do: 'update tags'; found: FoundFunction }
  | { do: 'create timer'; timer: WantedTimer }
  | { do: 'update timer'; timer: WantedTimer }
  | { do: 'delete timer'; timer: FoundTimer }
  | { do: 'open url'; fields: Fields; found?: FoundUrl }
  | { do: 'close url'; found: FoundUrl }
  | { do: 'put asynchronous invocation'; fields: Fields }
  | { do: 'delete asynchronous invocation' }
  | { do: 'reserve concurrency'; value: number }
  | { do: 'delete reserved concurrency' }

export interface FunctionPlan {
  wanted: WantedFunction
  prepare: Preparation[]
  settle: Settling[]
}

/** How a unit becomes what is wanted: its functions are prepared, then published and made live together, then settled. */
export interface UnitPlan {
  unit: WantedUnit
  functions: FunctionPlan[]
  /** Whether a new version must go live. */
  release: boolean
  /** Functions of ours that nobody wants any more, with their timers. */
  remove: FoundFunction[]
  /** Versions beyond those kept. */
  forget: string[]
}

/** Versions kept beside the live one, to roll back to. */
const KEPT_VERSIONS = 5

/** Whether the plan changes anything that is there. */
export function isEmpty(plan: UnitPlan): boolean {
  return (
    !plan.release &&
    plan.remove.length === 0 &&
    plan.forget.length === 0 &&
    plan.functions.every(({ prepare, settle }) => prepare.length === 0 && settle.length === 0)
  )
}

/**
 * What must be done to make a unit what is wanted. What counts is the version that is live: a working copy that someone left
 * changed matters only when a new version is to be made. Pure: `found` must not be busy.
 */
export function planUnit(unit: WantedUnit, found: FoundUnit | undefined, rules: FieldRules): UnitPlan {
  const there = new Map(found?.functions.map((one) => [one.name, one]))
  const names = new Set(unit.functions.map(({ name }) => name))
  const others = found?.functions.filter(({ name, ours }) => ours && !names.has(name)) ?? []
  const release = unit.functions.some((wanted) => !isLive(wanted, there.get(wanted.name)?.live))
  const functions = unit.functions.map((wanted): FunctionPlan => {
    const existing = there.get(wanted.name)
    return { wanted, prepare: release ? preparation(wanted, existing, rules) : [], settle: settling(wanted, existing) }
  })
  return {
    unit,
    functions,
    release,
    remove: unit.partial ? [] : others,
    forget: found ? superfluous(found, found.live) : [],
  }
}

/** Versions that are kept no longer once `live` is live: newest first beyond `KEPT_VERSIONS`, but for those that are held. */
export function superfluous({ versions, held = [] }: FoundUnit, live: string | undefined): string[] {
  return versions
    .map(({ version }) => version)
    .filter((version) => version !== live && !held.includes(version))
    .slice(KEPT_VERSIONS)
}

/**
 * Why nothing may be changed, a line each: functions that carry our name and not our mark, and fields that cannot be changed
 * once a function is there.
 */
export function refusals(units: WantedUnit[], found: (FoundUnit | undefined)[], rules: FieldRules): Bilingual[] {
  return units.flatMap((unit, index) =>
    unit.functions.flatMap((wanted): Bilingual[] => {
      const existing = found[index]?.functions.find(({ name }) => name === wanted.name)
      if (!existing) return []
      if (!existing.ours) {
        const en = `${wanted.name} is there and was not made by this service and stage: give function ${wanted.key} another name`
        return [{ en, zh: `${wanted.name} 已存在，不是由这个服务和 stage 创建的：给函数 ${wanted.key} 换个名字` }]
      }
      if (existing.state.is === 'unusable') return []
      return differencesOf(wanted.configuration, existing.latest.configuration)
        .filter(({ field }) => rules.fixedFields.includes(field))
        .map(({ field, wanted: to, found: from }) => ({
          en: `${wanted.name}: ${field} can't be changed from ${from} to ${to} once a function is there: remove it first`,
          zh: `${wanted.name}：函数已存在，${field} 不能从 ${from} 改为 ${to}：先删除它`,
        }))
    }),
  )
}

/** Whether a version is what is wanted, code and configuration. */
export function isLive(wanted: WantedFunction, live: Content | undefined): boolean {
  return live !== undefined && live.codeHash === wanted.codeHash && fits(wanted.configuration, live.configuration)
}

function preparation(wanted: WantedFunction, found: FoundFunction | undefined, rules: FieldRules): Preparation[] {
  if (!found) return [{ do: 'create' }]
  const { state, latest } = found
  if (state.is === 'unusable') return [{ do: 'recreate', reason: state.reason }]
  const isKnown = state.is === 'ready'
  const differences = differencesOf(wanted.configuration, latest.configuration, rules.codeFields)
  const inCode = differencesOf(wanted.configuration, latest.configuration).length > differences.length
  const steps: Preparation[] = []
  if (!isKnown || inCode || latest.codeHash !== wanted.codeHash) steps.push({ do: 'update code' })
  if (!isKnown || differences.length > 0) steps.push({ do: 'update configuration', differences })
  return steps
}

function settling(wanted: WantedFunction, found: FoundFunction | undefined): Settling[] {
  return [
    ...(found && !isDeepStrictEqual(found.tags, wanted.tags) ? [{ do: 'update tags' as const, found }] : []),
    ...asyncInvocation(wanted.asyncInvocation, found?.asyncInvocation),
    ...reservedConcurrency(wanted.reservedConcurrency, found?.reservedConcurrency),
    ...timers(wanted.timers, found?.timers ?? []),
    ...url(wanted.url, found?.url),
  ]
}

/** Timers on `live` are ours; one with a wanted name that calls something else is replaced. Old ones go before new ones come. */
function timers(wanted: WantedTimer[], found: FoundTimer[]): Settling[] {
  const names = new Set(wanted.map(({ name }) => name))
  const gone = found.filter(({ name, qualifier }) => names.has(name) !== (qualifier === LIVE))
  const changes = wanted.flatMap((timer): Settling[] => {
    const existing = found.find(({ name, qualifier }) => name === timer.name && qualifier === LIVE)
    if (!existing) return [{ do: 'create timer', timer }]
    return fits(timer.fields, existing.fields) ? [] : [{ do: 'update timer', timer }]
  })
  return [...gone.map((timer) => ({ do: 'delete timer' as const, timer })), ...changes]
}

function url(wanted: Fields | undefined, found: FoundUrl | undefined): Settling[] {
  if (wanted === undefined) return found === undefined ? [] : [{ do: 'close url', found }]
  return found && fits(wanted, found.fields) ? [] : [{ do: 'open url', fields: wanted, ...(found && { found }) }]
}

function asyncInvocation(wanted: Fields | undefined, found: Fields | undefined): Settling[] {
  if (wanted === undefined) return found === undefined ? [] : [{ do: 'delete asynchronous invocation' }]
  return found && fits(wanted, found) ? [] : [{ do: 'put asynchronous invocation', fields: wanted }]
}

function reservedConcurrency(wanted: number | undefined, found: number | undefined): Settling[] {
  if (wanted === found) return []
  return wanted === undefined ? [{ do: 'delete reserved concurrency' }] : [{ do: 'reserve concurrency', value: wanted }]
}
