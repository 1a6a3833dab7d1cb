import { type ServerOptions, startVendorServer, type VendorServer } from '../server.ts'
import type { Account } from './account.ts'
import type { Owner } from './authorization.ts'
import type { Preparation, Quotas } from './facilities.ts'
import { Fault } from './fault.ts'
import { type FcCall, frontDoor } from './front-door.ts'
import { dropFunction } from './functions-api.ts'
import { invocations, type Run } from './invocations.ts'
import { type LogRow, logRows } from './logs.ts'
import type { RamPolicy } from './ram.ts'
import { type RunnerOptions, startRunner } from './runner.ts'
import { dueTimers, type Firing } from './timers.ts'

const QUOTAS: Quotas = {
  functions: 100,
  services: 100,
  versions: 100,
  aliases: 100,
  // "Limits": 100 MB.
  zipBytes: 100 * 1024 * 1024,
  // "Limits": what a region has to begin with.
  instances: 100,
}

const CREDENTIALS = { accessKeyId: 'STS.simulated', accessKeySecret: 'simulated', securityToken: 'simulated' }

export interface FcOptions extends ServerOptions, Owner {
  /** Milliseconds since 1970-01-01 UTC: timers, states and limits go by it. */
  now(): number
  /** What signatures are judged by: the SDKs sign with the machine's clock, so the default is that clock. */
  wallClock?(): number
  /** 0 to 1, for aliases with weights. Default: `Math.random`. */
  random?(): number
  quotas?: Partial<Quotas>
  /** How long functions of 3.0 are prepared. Default: ready at once. */
  preparation?: Partial<Preparation>
  /** The log stores that exist, by project. Default: none. */
  logProjects?: Record<string, string[]>
  /** Requests a second before the vendor says 429. Default: no limit. */
  requestsPerSecond?: number
  /** What the owner's key may do, as RAM judges it. Default: everything. */
  policy?: RamPolicy
  /** Set for every function beside what it was deployed with. */
  environment?: Record<string, string>
  /** What a function with a role finds in its context. */
  credentials?: RunnerOptions['credentials']
  /** Everything that functions print, as it comes. */
  onOutput?(functionName: string, text: string): void
}

export interface FcSimulator extends VendorServer {
  /** What is deployed: to look at, and to change behind a deployer's back. */
  account: Account
  calls: FcCall[]
  /** Every attempt to run a function that has ended, oldest first. */
  runs: Run[]
  /**
   * Timers that came due and had nothing to call: their alias or version is gone, or their function was never ready.
   */
  misfires: { triggerName: string; qualifier: string; code: string }[]
  /** Fires the timers that are due by the passed clock; resolves when what they started has ended. */
  tick(): Promise<void>
  /** Resolves when nothing runs in the background any more. */
  settled(): Promise<void>
  /** Takes a function of 3.0 away with all that hangs on it, as a person at the console would. */
  deleteByHand(functionName: string): void
}

/**
 * Alibaba Function Compute of one account in one region: the APIs of 2023-03-30 (3.0) and 2016-08-15 (2.0) on one
 * address, and GetLogs of Simple Log Service. Signatures are recomputed from the raw request, what the vendor would
 * refuse is refused, and what was deployed runs: when it is invoked, and when `tick` finds a timer due.
 */
export async function startFcSimulator(options: FcOptions): Promise<FcSimulator> {
  const { now } = options
  const runner = startRunner({
    owner: options,
    credentials: options.credentials ?? CREDENTIALS,
    environment: options.environment ?? {},
    onOutput: options.onOutput ?? (() => {}),
  })
  const logs: LogRow[] = []
  const account: Account = {
    owner: options,
    functions: new Map(),
    services: new Map(),
    quotas: { ...QUOTAS, ...options.quotas },
    preparation: { createMs: 0, updateMs: 0, ...options.preparation },
    preparationFaults: [],
    logProjects: options.logProjects ?? {},
    runner,
    invocations: invocations(runner, now, (run, target) => logs.push(...logRows(run, target))),
    now,
    random: options.random ?? Math.random,
  }
  const door = frontDoor(account, logs, options)
  const server = await startVendorServer(door, options)
  const { close } = server
  const misfires: FcSimulator['misfires'] = []

  async function tick(): Promise<void> {
    const owners = [...account.functions.values(), ...account.services.values()]
    const firings = dueTimers(
      owners.flatMap((owner) => owner.boundTriggers()),
      now(),
    )
    await Promise.all(firings.map(fire))
  }

  async function fire({ bound, event }: Firing): Promise<void> {
    const { trigger, target, asyncConfig } = bound
    try {
      await account.invocations.async(target(), event, asyncConfig, 'timer')
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      misfires.push({ triggerName: trigger.triggerName, qualifier: trigger.qualifier, code: error.code })
    }
  }

  return Object.assign(server, {
    account,
    calls: door.calls,
    runs: account.invocations.runs,
    misfires,
    tick,
    settled: () => account.invocations.settled(),
    deleteByHand: (functionName: string) => dropFunction(account, functionName),
    close: async () => {
      await account.invocations.close()
      await close()
    },
  })
}
