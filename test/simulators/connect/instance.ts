import { readFileSync } from 'node:fs'
import { type ManualClock, manualClock } from '../clock.ts'
import { type ConnectEvent, type ConnectOptions, type ConnectSimulator, startConnectSimulator } from './connect.ts'
import type { ContactEvent } from './events.ts'

export const INSTANCE = '11111111-2222-3333-4444-555555555555'
export const INSTANCE_ARN = `arn:aws:connect:us-east-1:123456789012:instance/${INSTANCE}`
export const FLOW = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
export const CALLER = '+14155550199'
export const START = Date.parse('2026-11-21T03:03:05.000Z')

/** A sample of the vendor's, parsed. */
export function sample(name: string) {
  return JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'))
}

/** An instance with the sample flow on a clock that is moved by hand, and everything it told. */
export interface TestInstance {
  sim: ConnectSimulator
  clock: ManualClock
  emitted: ContactEvent[]
  told: ConnectEvent[]
  lambda: { arn: string; event: unknown }[]
  /** What a `ChannelIo.env` or an SDK client needs to reach it. */
  env: Record<string, string>
}

/** Starts a `TestInstance`; its function answers with `say`, unless `options` bring one. */
export async function startTestInstance(options: Partial<ConnectOptions> = {}): Promise<TestInstance> {
  const clock = manualClock(START)
  const emitted: ContactEvent[] = []
  const told: ConnectEvent[] = []
  const lambda: TestInstance['lambda'] = []
  const { invokeLambda = async () => ({ result: 'ok', say: 'Thank you.' }), ...others } = options
  const sim = await startConnectSimulator({
    instanceId: INSTANCE,
    instanceArn: INSTANCE_ARN,
    flows: { [FLOW]: sample('connect-flow-oncall') },
    sourceNumbers: [CALLER],
    accessKeyId: 'AKIDTEST',
    secretAccessKey: 'secret',
    invokeLambda: (arn, event) => {
      lambda.push({ arn, event })
      return invokeLambda(arn, event)
    },
    emit: async (event) => {
      emitted.push(event)
    },
    now: clock.now,
    schedule: clock.schedule,
    onEvent: (event) => told.push(event),
    ...others,
  })
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_CONNECT: sim.url,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    CONTACT_FLOW_ID: FLOW,
  }
  return { sim, clock, emitted, told, lambda, env }
}
