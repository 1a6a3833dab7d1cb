import { afterAll, beforeAll } from 'vitest'
import { zipOf } from '../functions/zip-of.ts'
import { startTestCloud, type TestCloud, TRANSITION } from './client.ts'

export const ECHO = { 'index.js': 'exports.main = async (event) => event' }
export const FunctionName = 'probe'
export const over = (bytes: number) => 'x'.repeat(bytes + 1)

/** One for all tests of a file: what is refused leaves nothing behind. */
export let cloud: TestCloud
export let code: { ZipFile: string }
/** Starts it with a function that has a version, an alias and a timer. */
export function refusesInAll(): void {
  beforeAll(async () => {
    cloud = await startTestCloud({ roles: ['probe-role'], namespaces: ['default', 'x'.repeat(60)] })
    code = { ZipFile: (await zipOf(ECHO)).toString('base64') }
    await cloud.create(FunctionName, ECHO)
    await cloud.scf.PublishVersion({ FunctionName })
    await cloud.pass(TRANSITION)
    await cloud.scf.CreateAlias({ FunctionName, Name: 'live', FunctionVersion: '1' })
    const timer = { FunctionName, TriggerName: 'minute', Type: 'timer', TriggerDesc: '0 * * * * * *' }
    await cloud.scf.CreateTrigger({ ...timer, Qualifier: 'live' })
  })
  afterAll(() => cloud.sim.close())
}

/** Calls any action with any parameters, whatever the SDK's types say. */
export function request(action: string, parameters: object, client: { request: unknown } = cloud.scf) {
  const call = client.request as (action: string, parameters: object) => Promise<unknown>
  return cloud.refusal(call.call(client, action, parameters))
}
