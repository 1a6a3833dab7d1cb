import { Client as ClsClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cls/v20201016/cls_client.js'
import { Client as ScfClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/scf/v20180416/scf_client.js'
import { Client as TagClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/tag/v20180813/tag_client.js'
import { onTestFinished } from 'vitest'
import { type ManualClock, manualClock } from '../clock.ts'
import { zipOf } from '../functions/zip-of.ts'
import { type ScfOptions, type ScfSimulator, startScfSimulator } from './scf.ts'

export const START = Date.parse('2026-11-21T00:00:00Z')
export const REGION = 'ap-guangzhou'
export const KEYS = { secretId: 'AKIDTEST', secretKey: 'secret' }
/** As long as creating, updating, publishing and deleting take. */
export const TRANSITION = 1000

/** An account on a clock that is moved by hand, and the vendor's own clients for it. */
export interface TestCloud {
  sim: ScfSimulator
  clock: ManualClock
  scf: ScfClient
  tag: TagClient
  cls: ClsClient
  /** Clients of another region or with other keys. */
  clients(region: string, keys?: { secretId: string; secretKey: string; token?: string }): Clients
  /** Moves the clock and lets what is due happen. */
  pass(ms: number): Promise<void>
  /** Creates a function of these files and waits until it is active. */
  create(name: string, files: Record<string, string>, more?: object): Promise<void>
  /** The code of an SDK call's refusal; undefined when it is done. */
  refusal(call: Promise<unknown>): Promise<string | undefined>
}

interface Clients {
  scf: ScfClient
  tag: TagClient
  cls: ClsClient
}

/** Starts a `TestCloud`. */
export async function startTestCloud(options: Partial<ScfOptions> = {}): Promise<TestCloud> {
  const clock = manualClock(START)
  const sim = await startScfSimulator({
    ...KEYS,
    now: clock.now,
    transitionMs: TRANSITION,
    perSecond: 1000,
    ...options,
  })
  const clients: TestCloud['clients'] = (region, credential = KEYS) => {
    const profile = { httpProfile: { endpoint: new URL(sim.url).host, protocol: 'http://' } }
    const config = { credential, region, profile }
    return { scf: new ScfClient(config), tag: new TagClient(config), cls: new ClsClient(config) }
  }
  const { scf, tag, cls } = clients(REGION)
  const pass = async (ms: number) => {
    clock.advance(ms)
    await sim.tick()
  }
  return {
    sim,
    clock,
    scf,
    tag,
    cls,
    clients,
    pass,
    create: async (name, files, more = {}) => {
      await scf.CreateFunction({ ...(await creation(name, files)), ...more })
      await pass(TRANSITION)
    },
    refusal: (call) =>
      call.then(
        () => undefined,
        (error: { code?: string }) => error.code ?? String(error),
      ),
  }
}

/** What CreateFunction needs for a function of these files, with the handler `index.main`. */
export async function creation(name: string, files: Record<string, string>) {
  return {
    FunctionName: name,
    Code: { ZipFile: (await zipOf(files)).toString('base64') },
    Handler: 'index.main',
    Runtime: 'Nodejs18.15',
  }
}

/** A `TestCloud` for the test that runs. */
export async function startCloud(options: Partial<ScfOptions> = {}): Promise<TestCloud> {
  const cloud = await startTestCloud(options)
  onTestFinished(() => cloud.sim.close())
  return cloud
}

/** The files of a function that says `text`. */
export const says = (text: string) => ({ 'index.js': `exports.main = async () => ${JSON.stringify(text)}` })
