import type { Refusal } from '../failures.ts'
import { startFleet } from '../functions/fleet.ts'
import { slidingWindow } from '../rate.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from '../server.ts'
import type { Action } from './action.ts'
import { aliasActions } from './aliases.ts'
import { concurrencyActions } from './concurrency.ts'
import { passTime } from './events.ts'
import { functionActions, removeFunction } from './functions.ts'
import { invokeActions } from './invoke.ts'
import { readActions } from './reads.ts'
import { Refused } from './refused.ts'
import {
  actionOf,
  checkRegion,
  checkRequest,
  type Keys,
  regionOf,
  respond,
  respondRefused,
  versionOf,
} from './request.ts'
import { logActions } from './search.ts'
import type { Cloud, Region, Settings } from './state.ts'
import { tagActions } from './tags.ts'
import { settle } from './transitions.ts'
import { triggerActions } from './triggers.ts'
import { versionActions } from './versions.ts'

// Per action and account: cloud.tencent.com/document/product/583/36149 (aliases) and 18580 (UpdateFunctionCode).
const PER_SECOND = 20
const FASTER: Record<string, number> = { UpdateFunctionCode: 100 }

/** The products of one account behind one address, told apart by the version of their API. */
const PRODUCTS: Record<string, { service: string; actions: Record<string, Action> }> = {
  '2018-04-16': {
    service: 'scf',
    actions: {
      ...functionActions,
      ...readActions,
      ...versionActions,
      ...aliasActions,
      ...triggerActions,
      ...concurrencyActions,
      ...invokeActions,
    },
  },
  '2018-08-13': { service: 'tag', actions: tagActions },
  '2020-10-16': { service: 'cls', actions: logActions },
}

export interface ScfOptions extends ServerOptions, Keys, Partial<Settings> {
  /** The clock of states, timers and logs, milliseconds since 1970-01-01 UTC. */
  now(): number
  /** What signatures and rates are judged by: the SDK signs with the machine's clock, so the default is that clock. */
  wallClock?(): number
  /** Requests per second and action, instead of the vendor's. */
  perSecond?: number
}

export interface ScfCall {
  action: string
  region: string
  kind: 'read' | 'write' | 'invoke'
  parameters: Record<string, unknown>
  /** What it was refused with; absent: it was done. */
  code?: string
}

export interface ScfSimulator extends VendorServer {
  /** Every call that the vendor heard of, oldest first: not those that a planned failure cut off before. */
  calls: ScfCall[]
  /** The account: what is in it may be looked at, and changed as somebody in the console would. */
  cloud: Cloud
  /** Lets the next transition that this action begins end in failure, with the vendor's reason. */
  failTransition(action: string, code: string, message: string): void
  /** Takes a function of the default namespace away as somebody in the console would, at once. */
  removeByHand(regionName: string, functionName: string): void
  /** Lets the time pass that the clock has moved since the last tick: timers fire, failed events run again. */
  tick(): Promise<void>
  /** Resolves when nothing runs any more that no call waits for. */
  settled(): Promise<void>
}

/**
 * Tencent Cloud's SCF 2018-04-16 for one account, with its tag service (2018-08-13) and log search (2020-10-16) at the
 * same address: TC3 signature recomputed, parameters, names and limits checked, states that take time, versions, aliases
 * and timers. What is deployed runs in a process of its own on its own Node; memory is measured but not limited.
 * Rejects when the port is taken.
 */
export async function startScfSimulator(options: ScfOptions): Promise<ScfSimulator> {
  const wallClock = options.wallClock ?? Date.now
  const rates = new Map<string, () => boolean>()
  const calls: ScfCall[] = []
  const cloud = emptyCloud(options)
  let last = options.now()

  function heard(request: VendorRequest): ScfCall {
    const action = actionOf(request)
    const parameters = jsonObject(request.body) ?? {}
    const call: ScfCall = { action, region: regionOf(request), kind: kindOf(action), parameters }
    calls.push(call)
    return call
  }

  async function answer(request: VendorRequest) {
    const call = heard(request)
    try {
      return respond(await perform(request))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      call.code = error.code
      return respondRefused(error)
    }
  }

  function perform(request: VendorRequest): object | Promise<object> {
    const product = PRODUCTS[versionOf(request)]
    if (!product) throw new Refused('NoSuchVersion', 'The version of the API is not found.')
    checkRequest(request, product.service, options, wallClock())
    const name = actionOf(request)
    const action = Object.hasOwn(product.actions, name) ? product.actions[name] : undefined
    if (!action) throw new Refused('InvalidAction', `The action ${name} is not found.`)
    checkRegion(request, product.service)
    checkRate(name)
    const parameters = jsonObject(request.body)
    if (!parameters) throw new Refused('InvalidParameter', 'The body is no JSON object.')
    const regionName = regionOf(request)
    const region: Region = cloud.regions.get(regionName) ?? new Map()
    cloud.regions.set(regionName, region)
    settle(region, options.now())
    return action(parameters, { cloud, region, regionName })
  }

  function checkRate(action: string): void {
    const limit = limitOf(action)
    const passes = rates.get(action) ?? slidingWindow(limit, 1000, wallClock)
    rates.set(action, passes)
    if (!passes()) throw tooFast(limit)
  }

  function limitOf(action: string): number {
    return options.perSecond ?? FASTER[action] ?? PER_SECOND
  }

  function refuse(failure: Refusal, request: VendorRequest) {
    const refused =
      failure.kind === 'rate-limit'
        ? tooFast(limitOf(actionOf(request)))
        : new Refused(String(failure.code), failure.message ?? 'planned failure')
    heard(request).code = refused.code
    return respondRefused(refused)
  }

  const server = await startVendorServer({ answer, operation: actionOf, refuse }, options)
  const closeServer = server.close

  return Object.assign(server, {
    calls,
    cloud,
    failTransition: (action: string, code: string, message: string) => {
      cloud.failures.push({ action, code, message })
    },
    removeByHand: (regionName: string, functionName: string) => {
      const region = cloud.regions.get(regionName)
      const found = region?.get(`default/${functionName}`)
      if (!region || !found) throw new Error(`there is no function ${functionName} in ${regionName}`)
      removeFunction(found, { cloud, region })
    },
    tick: () => {
      const from = last
      last = options.now()
      return passTime(from, last, cloud)
    },
    settled: async () => {
      while (cloud.running.size > 0) await Promise.all(cloud.running)
    },
    close: async () => {
      await closeServer()
      await cloud.fleet.close()
      await Promise.all(cloud.running)
    },
  })
}

function emptyCloud(options: ScfOptions): Cloud {
  const settings: Settings = {
    random: Math.random,
    transitionMs: 1000,
    functionQuota: 50,
    namespaces: ['default'],
    roles: ['SCF_QcsRole', 'SCF_ExecuteRole'],
    resetsOmitted: false,
    showsCode: true,
    appId: '1250000000',
    uin: '100000000001',
    offsetMinutes: 8 * 60,
    environment: {},
    ...options,
  }
  return {
    regions: new Map(),
    logs: [],
    requests: [],
    queue: [],
    deadLetters: [],
    cos: new Map(),
    failures: [],
    running: new Set(),
    fleet: startFleet(),
    settings,
  }
}

function kindOf(action: string): ScfCall['kind'] {
  if (action.startsWith('Invoke')) return 'invoke'
  return /^(Get|List|Search)/.test(action) ? 'read' : 'write'
}

function tooFast(limit: number): Refused {
  return new Refused(
    'RequestLimitExceeded',
    `Your current request times equals to \`${limit + 1}\` in a second, which exceeds the frequency limit \`${limit}\`.`,
  )
}
