import { describe, expect, it } from 'vitest'
import { packed, refusal, START, says, startTestFc } from './fc/client.ts'
import { crc64 } from './fc/crc64.ts'
import type { FcOptions } from './fc/simulator.ts'
import { zipOf } from './functions/zip-of.ts'

const MINUTE = 60_000
const CREATED = '2026-11-21T03:00:00Z'

type Fields = Record<string, unknown>

/** A service `svc`, and the calls that the tests make by the vendor's SDK. */
async function start(options: Partial<FcOptions> = {}) {
  const fc = await startTestFc(options)
  const { fc2, sim, clock } = fc
  await fc2.createService('svc', { description: 'probes' })
  const code = async (text: string) => ({ zipFile: await packed(says(text)) })
  const create = async (functionName: string, text = 'one', fields: Fields = {}) =>
    fc2.createFunction('svc', {
      ...{ functionName, runtime: 'nodejs20', handler: 'index.handler', memorySize: 128 },
      code: await code(text),
      ...fields,
    })
  return {
    fc2,
    sim,
    clock,
    create,
    update: async (name: string, text: string, fields: Fields = {}) =>
      fc2.updateFunction('svc', name, { code: await code(text), ...fields }),
    publish: async () => (await fc2.publishVersion('svc')).data.versionId,
    trigger: (name: string, triggerName: string, fields: Fields = {}) =>
      fc2.createTrigger('svc', name, {
        ...{ triggerName, triggerType: 'timer', triggerConfig: { cronExpression: '@every 1m', payload: 'p' } },
        ...fields,
      }),
    invoke: async (name: string, qualifier = 'LATEST', headers: Record<string, string> = {}) => {
      const { data, headers: answered } = await fc2.invokeFunction('svc', name, '{}', headers, qualifier, {
        rawBuf: false,
      })
      return { text: String(data), headers: answered }
    },
  }
}

describe('the life of a service', () => {
  it('is created, changed and shown in the vendor’s shape', async () => {
    const { fc2, clock } = await start({ logProjects: { logs: ['functions'] } })
    clock.advance(MINUTE)
    await fc2.updateService('svc', { logConfig: { project: 'logs', logstore: 'functions' } })
    const { data, headers } = await fc2.getService('svc')
    expect(data).toEqual({
      serviceName: 'svc',
      serviceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      description: 'probes',
      role: '',
      internetAccess: true,
      logConfig: { project: 'logs', logstore: 'functions' },
      createdTime: CREATED,
      lastModifiedTime: '2026-11-21T03:01:00Z',
    })
    expect(headers).toMatchObject({ etag: expect.any(String), 'x-fc-request-id': expect.stringMatching(/^1-/) })
  })

  it('goes when nothing is left in it', async () => {
    const { fc2, create, publish, trigger, sim } = await start()
    const remove = async () => (await refusal(fc2.deleteService('svc')))?.message
    await create('fn')
    await publish()
    await fc2.createAlias('svc', 'live', '1')
    await trigger('fn', 'timer', { qualifier: 'live' })
    expect(await remove()).toContain('1 functions')
    expect((await refusal(fc2.deleteFunction('svc', 'fn')))?.code).toBe('FunctionNotEmpty')
    expect((await refusal(fc2.deleteAlias('svc', 'live')))?.message).toContain("used by trigger 'timer'")
    await fc2.deleteTrigger('svc', 'fn', 'timer')
    await fc2.deleteFunction('svc', 'fn')
    expect(await remove()).toContain('1 aliases')
    expect((await refusal(fc2.deleteVersion('svc', '1')))?.message).toContain("used by alias 'live'")
    await fc2.deleteAlias('svc', 'live')
    expect(await remove()).toContain('1 versions')
    await fc2.deleteVersion('svc', '1')
    expect(await remove()).toBeUndefined()
    expect(sim.account.services.size).toBe(0)
  })

  it('carries the tags', async () => {
    const { fc2 } = await start()
    await fc2.tagResource('services/svc', { a: '1', b: '2' })
    expect((await fc2.getResourceTags({ resourceArn: 'services/svc' })).data.tags).toEqual({ a: '1', b: '2' })
    await fc2.untagResource('services/svc', ['a'])
    expect((await fc2.getResourceTags({ resourceArn: 'services/svc' })).data.tags).toEqual({ b: '2' })
    expect((await refusal(fc2.tagResource('services/svc/functions/fn', { a: '1' })))?.code).toBe('InvalidArgument')
    expect((await refusal(fc2.tagResource('services/none', { a: '1' })))?.code).toBe('ServiceNotFound')
  })
})

describe('the life of a function', () => {
  it('is created, changed and shown in the vendor’s shape', async () => {
    const { fc2, create, update, clock } = await start()
    await create('fn', 'one', { environmentVariables: { A: '1' } })
    clock.advance(MINUTE)
    await update('fn', 'two', { timeout: 9 })
    const { data } = await fc2.getFunction('svc', 'fn')
    const zip = await zipOf(says('two'))
    expect(data).toEqual({
      functionName: 'fn',
      functionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      runtime: 'nodejs20',
      handler: 'index.handler',
      description: '',
      memorySize: 128,
      timeout: 9,
      instanceConcurrency: 1,
      environmentVariables: { A: '1' },
      codeSize: zip.length,
      codeChecksum: crc64(zip),
      createdTime: CREATED,
      lastModifiedTime: '2026-11-21T03:01:00Z',
    })
  })

  it.each<[string, Fields, string]>([
    ['a name that is taken', { functionName: 'taken' }, 'FunctionAlreadyExists'],
    ['a name with a dot', { functionName: 'a.b' }, 'functionName: must be'],
    ['a runtime that is not offered', { runtime: 'nodejs24' }, 'runtime:'],
    ['memory between the steps', { memorySize: 200 }, 'memorySize:'],
    ['no code', { code: {} }, 'Either ossBucketName'],
    ['a variable FC_…', { environmentVariables: { FC_X: '' } }, 'reserved'],
    ['a role, which is the service’s', { role: 'acs:ram::1:role/x' }, 'Unrecognized key'],
    ['tags, which are the service’s', { tags: [] }, 'Unrecognized key'],
  ])('refuses %s', async (_what, fields, reason) => {
    const { create, sim } = await start()
    await create('taken')
    const error = await refusal(create('fn', 'one', fields))
    expect(`${error?.code} ${error?.message}`).toContain(reason)
    expect(sim.account.services.get('svc')?.functions.size).toBe(1)
  })

  it('changes only what is as it was known', async () => {
    const { create, fc2 } = await start()
    const { headers } = await create('fn')
    const known = { 'if-match': headers.etag ?? '' }
    // The types of the SDK know no headers here; it takes them after the options.
    const update = fc2.updateFunction.bind(fc2) as (
      service: string,
      name: string,
      fields: Fields,
      headers: Fields,
    ) => Promise<unknown>
    expect(await refusal(update('svc', 'fn', { timeout: 5 }, known))).toBeUndefined()
    expect((await refusal(update('svc', 'fn', { timeout: 6 }, known)))?.code).toBe('PreconditionFailed')
  })

  it('says what is not there, in the SDK’s shape', async () => {
    const { fc2, create } = await start()
    await create('fn')
    expect(await refusal(fc2.getService('none'))).toMatchObject({
      name: 'FCServiceNotFoundError',
      code: 'ServiceNotFound',
      message: expect.stringMatching(
        /^GET \/services\/none failed with 404\. requestid: 1-\S+, message: service 'none'/,
      ),
    })
    expect((await refusal(fc2.getFunction('svc', 'none')))?.code).toBe('FunctionNotFound')
    expect((await refusal(fc2.getFunction('svc', 'fn', {}, 'live')))?.code).toBe('AliasNotFound')
    expect((await refusal(fc2.deleteTrigger('svc', 'fn', 'none')))?.code).toBe('TriggerNotFound')
    expect((await refusal(fc2.getFunctionAsyncConfig('svc', 'fn', 'LATEST')))?.code).toBe('AsyncConfigNotExists')
    // The name is signed as it is and sent encoded: no signature fits.
    expect((await refusal(fc2.getService('a b')))?.code).toBe('SignatureNotMatch')
  })
})

describe('versions and aliases are the service’s', () => {
  it('and hold all its functions', async () => {
    const { fc2, create, update, publish, invoke } = await start()
    await create('a', 'a1')
    await create('b', 'b1')
    expect(await publish()).toBe('1')
    await fc2.createAlias('svc', 'live', '1')
    await update('a', 'a2')
    await create('c', 'c1')
    const texts = async (qualifier: string) => [
      (await invoke('a', qualifier)).text,
      (await invoke('b', qualifier)).text,
      (await refusal(invoke('c', qualifier)))?.code ?? 'c1',
    ]
    expect(await texts('live')).toEqual(['a1', 'b1', 'FunctionNotFound'])
    expect(await texts('LATEST')).toEqual(['a2', 'b1', 'c1'])
    expect(await publish()).toBe('2')
    await fc2.updateAlias('svc', 'live', '2', {})
    expect(await texts('live')).toEqual(['a2', 'b1', 'c1'])
    expect(await texts('1')).toEqual(['a1', 'b1', 'FunctionNotFound'])
    await fc2.deleteFunction('svc', 'b')
    expect((await invoke('b', 'live')).text).toBe('b1')
  })

  it('and are not published twice', async () => {
    const { fc2, create, publish } = await start()
    await create('fn')
    await publish()
    expect(await refusal(publish())).toMatchObject({
      code: 'VersionPublishError',
      message: expect.stringContaining("can not publish version for service 'svc', detail: 'No changes were made"),
    })
    await fc2.updateService('svc', { description: 'other' })
    expect(await publish()).toBe('2')
    const { data } = await fc2.listVersions('svc', { limit: 1 })
    expect(data).toMatchObject({ versions: [{ versionId: '2' }], nextToken: expect.any(String) })
  })
})

describe('what is deployed runs', () => {
  it('with the service in its context and its environment', async () => {
    const { create, publish, invoke, fc2 } = await start()
    const source = `exports.handler = async (event, { service }) => ({ service, name: process.env.FC_SERVICE_NAME })`
    await create('fn', '', { code: { zipFile: await packed({ 'index.js': source }) } })
    await publish()
    await fc2.createAlias('svc', 'live', '1')
    const { text, headers } = await invoke('fn', 'live', { 'x-fc-log-type': 'Tail' })
    expect(JSON.parse(text)).toEqual({
      service: { name: 'svc', logProject: '', logStore: '', qualifier: 'live', versionId: '1' },
      name: 'svc',
    })
    expect(Buffer.from(headers['x-fc-log-result'] ?? '', 'base64').toString()).toMatch(/^FC Invoke Start/)
  })

  it('by its timers, at the alias, tried again as the alias has it', async () => {
    const { create, publish, trigger, update, fc2, sim, clock } = await start()
    const failing = { code: { zipFile: await packed({ 'index.js': 'exports.handler = async () => { throw 1 }' }) } }
    await create('fn', '', failing)
    await publish()
    await fc2.createAlias('svc', 'live', '1')
    await trigger('fn', 'timer', { qualifier: 'live' })
    await fc2.putFunctionAsyncConfig('svc', 'fn', 'live', { maxAsyncRetryAttempts: 0 })
    await update('fn', 'two')
    clock.advance(MINUTE)
    await sim.tick()
    expect(sim.runs).toMatchObject([
      { at: START + MINUTE, kind: 'timer', serviceName: 'svc', functionName: 'fn', versionId: '1', attempt: 1 },
    ])
  })

  it('and its triggers are shown with their configuration as an object', async () => {
    const { create, trigger, fc2 } = await start()
    await create('fn')
    await trigger('fn', 'timer')
    const { data } = await fc2.listTriggers('svc', 'fn', {})
    expect(data.triggers).toMatchObject([
      {
        triggerName: 'timer',
        triggerConfig: { payload: 'p', cronExpression: '@every 1m', enable: true },
        qualifier: 'LATEST',
      },
    ])
    const asText = trigger('fn', 'other', { triggerConfig: '{"cronExpression":"@every 1m"}' })
    expect((await refusal(asText))?.message).toContain('triggerConfig:')
  })
})

it('notes every call, and which of them write', async () => {
  const { fc2, create, sim } = await start()
  await create('fn')
  await fc2.getFunction('svc', 'fn')
  sim.fail({ kind: 'rate-limit' }, { kind: 'reset' })
  expect((await refusal(fc2.getService('svc')))?.code).toBe('Throttling.User')
  await refusal(fc2.deleteFunction('svc', 'fn'))
  expect(sim.calls.map(({ operation, kind, status, code }) => [operation, kind, status, code])).toEqual([
    ['CreateService', 'write', 200, undefined],
    ['CreateFunction', 'write', 200, undefined],
    ['GetFunction', 'read', 200, undefined],
    ['GetService', 'read', 429, 'Throttling.User'],
    ['DeleteFunction', 'write', undefined, undefined],
  ])
})
