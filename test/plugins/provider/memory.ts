import {
  type Backend,
  CloudError,
  type Content,
  type FaultKind,
  type Fields,
  type FoundFunction,
  type FoundTimer,
  LIVE,
  type WantedFunction,
} from '../../../plugins/provider/backend.ts'
import { asWritten } from '../../../shared/contracts/words.ts'

interface Held {
  ours: boolean
  latest: Content
  tags: Record<string, string>
  timers: FoundTimer[]
  asyncInvocation?: Fields
  reservedConcurrency?: number
  /** How often it is still seen busy. */
  busy: number
}

interface HeldVersion {
  functions: Map<string, Content>
  busy: number
}

interface HeldUnit {
  functions: Map<string, Held>
  versions: Map<string, HeldVersion>
  published: number
  live?: string
}

/** A cloud in memory, as strict as the vendors: what is busy can't be changed, and an alias takes only a version that is ready. */
export class Cloud {
  readonly units = new Map<string, HeldUnit>()
  /** Every call, in order. */
  readonly calls: string[] = []
  /** Runs before each call: it may throw, or wait. */
  before: (call: string, index: number) => void | Promise<void> = () => {}
  /** How often a change is seen as busy before it is through. */
  looks = 1

  /** What is there and what is live, without version numbers; a version may hold functions that are gone. */
  shown() {
    return [...this.units]
      .filter(([, { functions }]) => functions.size > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { functions, versions, live }]) => ({
        name,
        live: [...functions.keys()].sort().map((key) => versions.get(live ?? '')?.functions.get(key)),
        functions: [...functions]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, { timers, asyncInvocation, reservedConcurrency, tags }]) => ({
            key,
            timers: [...timers].sort((a, b) => (a.name < b.name ? -1 : 1)),
            asyncInvocation,
            reservedConcurrency,
            tags,
          })),
      }))
  }

  backend(): Backend {
    return memoryBackend(this)
  }
}

function memoryBackend(cloud: Cloud): Backend {
  async function call(what: string): Promise<void> {
    cloud.calls.push(what)
    await cloud.before(what, cloud.calls.length - 1)
  }

  function unitOf(name: string): HeldUnit {
    return cloud.units.get(name) ?? refuse('stale', 'NotFound', name)
  }

  function idle(unitName: string, name: string): Held {
    const held = unitOf(unitName).functions.get(name) ?? refuse('stale', 'NotFound', name)
    if (held.busy > 0) refuse('busy', 'Busy', name)
    return held
  }

  return {
    codeFields: ['Handler'],
    fixedFields: ['Runtime'],
    secretFields: ['Environment'],

    async list() {
      await call('list')
      return [...cloud.units]
        .filter(([, { functions }]) => [...functions.values()].some(({ ours }) => ours))
        .map(([name]) => name)
    },
    async read(unitName, names) {
      await call(`read ${unitName}`)
      const unit = cloud.units.get(unitName)
      if (!unit || unit.functions.size === 0) return undefined
      const live = unit.live === undefined ? undefined : unit.versions.get(unit.live)
      const shown = [...unit.functions].filter(([name, { ours }]) => ours || names.includes(name))
      return structuredClone({
        name: unitName,
        versions: [...unit.versions]
          .sort(([a], [b]) => Number(b) - Number(a))
          .map(([version, { busy }]) => ({ version, state: stateOf(busy) })),
        ...(unit.live === undefined ? {} : { live: unit.live }),
        functions: shown.map(([name, { busy, ...held }]): FoundFunction => {
          const content = live?.functions.get(name)
          return { name, ...held, state: stateOf(busy), ...(content ? { live: content } : {}) }
        }),
      })
    },
    async state(unitName, name, version) {
      await call(`state ${name} ${version ?? ''}`)
      const unit = cloud.units.get(unitName)
      const held = version === undefined ? unit?.functions.get(name) : unit?.versions.get(version)
      if (!held) return undefined
      const state = stateOf(held.busy)
      held.busy = Math.max(0, held.busy - 1)
      return state
    },
    async content(unitName, name, version) {
      await call(`content ${name}`)
      return structuredClone(unitOf(unitName).versions.get(version)?.functions.get(name))
    },

    async create(unitName, wanted) {
      await call(`create ${wanted.name}`)
      const unit = cloud.units.get(unitName) ?? { functions: new Map(), versions: new Map(), published: 0 }
      cloud.units.set(unitName, unit)
      if (unit.functions.has(wanted.name)) refuse('stale', 'Exists', wanted.name)
      const { tags } = wanted
      unit.functions.set(wanted.name, {
        ours: true,
        latest: contentOf(wanted),
        tags: { ...tags },
        timers: [],
        busy: cloud.looks,
      })
    },
    async updateCode(unitName, wanted) {
      await call(`updateCode ${wanted.name}`)
      const held = idle(unitName, wanted.name)
      const { Handler = null } = wanted.configuration
      held.latest = { codeHash: wanted.codeHash, configuration: { ...held.latest.configuration, Handler } }
      held.busy = cloud.looks
    },
    async updateConfiguration(unitName, { name, configuration }) {
      await call(`updateConfiguration ${name}`)
      const held = idle(unitName, name)
      const { Handler = null, Runtime = null } = held.latest.configuration
      held.latest = { ...held.latest, configuration: { ...configuration, Handler, Runtime } }
      held.busy = cloud.looks
    },
    async updateTags(unitName, { name, tags }) {
      await call(`updateTags ${name}`)
      idle(unitName, name).tags = { ...tags }
    },

    async publish({ name }) {
      await call(`publish ${name}`)
      const unit = unitOf(name)
      for (const key of unit.functions.keys()) idle(name, key)
      unit.published += 1
      const version = String(unit.published)
      const functions = new Map([...unit.functions].map(([key, { latest }]) => [key, structuredClone(latest)]))
      unit.versions.set(version, { functions, busy: cloud.looks })
      return version
    },
    async pointLive(unitName, version) {
      await call(`pointLive ${unitName} ${version}`)
      const unit = unitOf(unitName)
      const target = unit.versions.get(version) ?? refuse('stale', 'NotFound', version)
      if (target.busy > 0) refuse('final', 'LiveOnBusyVersion', version)
      unit.live = version
    },
    async deleteVersion(unitName, version) {
      await call(`deleteVersion ${version}`)
      const unit = unitOf(unitName)
      if (unit.live === version) refuse('final', 'Bound', version)
      unit.versions.delete(version)
    },

    async createTimer(unitName, name, { name: timer, fields }) {
      await call(`createTimer ${timer}`)
      const held = idle(unitName, name)
      if (unitOf(unitName).live === undefined) refuse('final', 'NoAlias', name)
      if (held.timers.some((one) => one.name === timer)) refuse('stale', 'Exists', timer)
      held.timers.push({ name: timer, qualifier: LIVE, schedule: '', enabled: true, fields })
    },
    async updateTimer(unitName, name, { name: timer, fields }) {
      await call(`updateTimer ${timer}`)
      const found = idle(unitName, name).timers.find((one) => one.name === timer && one.qualifier === LIVE)
      if (!found) return refuse('stale', 'NotFound', timer)
      found.fields = fields
    },
    async deleteTimer(unitName, name, { name: timer, qualifier }) {
      await call(`deleteTimer ${timer}`)
      if (!cloud.units.get(unitName)?.functions.has(name)) return
      const held = idle(unitName, name)
      held.timers = held.timers.filter((one) => one.name !== timer || one.qualifier !== qualifier)
    },

    async putAsyncInvocation(unitName, name, fields) {
      await call(`putAsyncInvocation ${name}`)
      idle(unitName, name).asyncInvocation = fields
    },
    async deleteAsyncInvocation(unitName, name) {
      await call(`deleteAsyncInvocation ${name}`)
      delete idle(unitName, name).asyncInvocation
    },
    async putReservedConcurrency(unitName, name, value) {
      await call(`putReservedConcurrency ${name}`)
      idle(unitName, name).reservedConcurrency = value
    },
    async deleteReservedConcurrency(unitName, name) {
      await call(`deleteReservedConcurrency ${name}`)
      delete idle(unitName, name).reservedConcurrency
    },
    async remove(unitName, name) {
      await call(`remove ${name}`)
      const unit = cloud.units.get(unitName)
      const held = unit?.functions.get(name)
      if (!unit || !held) return
      if (held.timers.length > 0) refuse('final', 'TimersLeft', name)
      unit.functions.delete(name)
      if (unit.functions.size === 0) cloud.units.delete(unitName)
    },

    async invoke() {
      throw new Error('nothing runs in this cloud')
    },
    async logs() {
      throw new Error('nothing runs in this cloud')
    },
  }
}

function stateOf(busy: number): FoundFunction['state'] {
  return busy > 0 ? { is: 'busy', reason: 'changing' } : { is: 'ready' }
}

function contentOf({ codeHash, configuration }: WantedFunction): Content {
  return structuredClone({ codeHash, configuration })
}

function refuse(kind: FaultKind, code: string, what: string): never {
  throw new CloudError(asWritten(`${code}: ${what}`), { kind, code, action: 'memory' })
}
