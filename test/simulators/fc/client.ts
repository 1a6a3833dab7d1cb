import { createRequire } from 'node:module'
import FC from '@alicloud/fc2'
import type module3 from '@alicloud/fc20230330'
import { $OpenApiUtil } from '@alicloud/openapi-core'
import { onTestFinished } from 'vitest'
import { type ManualClock, manualClock } from '../clock.ts'
import { zipOf } from '../functions/zip-of.ts'
import { type FcOptions, type FcSimulator, startFcSimulator } from './simulator.ts'

/** The SDK of 3.0 as Node loads it: what runs the tests would unpack its default export. */
export const sdk = createRequire(import.meta.url)('@alicloud/fc20230330') as typeof module3

/** Saturday. */
export const START = Date.parse('2026-11-21T03:00:00Z')
export const ACCOUNT = '1234567890123456'
export const REGION = 'cn-hangzhou'

/** What a client says of itself. */
export interface Identity {
  accessKeyId: string
  accessKeySecret: string
  securityToken?: string
}
export const OWNER: Identity = { accessKeyId: 'LTAItest', accessKeySecret: 'secret' }

/** A simulator on a clock that stands still, with the vendor's SDKs pointed at it. */
export interface TestFc {
  sim: FcSimulator
  clock: ManualClock
  fc3: Client3
  fc2: FC
}

export type Client3 = InstanceType<typeof sdk.default>

/** Starts one for the test that runs, and ends it with that; `identity` is what the clients sign with. */
export async function startTestFc(options: Partial<FcOptions> = {}, identity: Identity = OWNER): Promise<TestFc> {
  const clock = manualClock(START)
  const sim = await startFcSimulator({ ...OWNER, accountId: ACCOUNT, region: REGION, now: clock.now, ...options })
  onTestFinished(() => sim.close())
  return { sim, clock, fc3: client3(sim.url, identity), fc2: client2(sim.url, identity) }
}

export function client3(url: string, identity: Identity): Client3 {
  const { host } = new URL(url)
  return new sdk.default(new $OpenApiUtil.Config({ ...identity, endpoint: host, protocol: 'http', regionId: REGION }))
}

export function client2(url: string, { accessKeyId, ...rest }: Identity, accountId = ACCOUNT): FC {
  const config = { accessKeyID: accessKeyId, ...rest, region: REGION, endpoint: url, timeout: 10_000, headers: {} }
  return new FC(accountId, config)
}

/** The base64 text of a zip of these files. */
export async function packed(files: Record<string, string>): Promise<string> {
  return (await zipOf(files)).toString('base64')
}

/** A handler that answers with this text. */
export const says = (text: string) => ({ 'index.js': `exports.handler = async () => ${JSON.stringify(text)}` })

/** Code and status of what a call was refused with; undefined when it was not. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; statusCode?: number } | undefined> {
  try {
    await call
  } catch (error) {
    return error as { code: string; message: string; statusCode?: number }
  }
}
