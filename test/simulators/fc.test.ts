import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Fields, startFc3 } from './fc/calls3.ts'
import { packed, refusal, says, sdk } from './fc/client.ts'
import { crc64 } from './fc/crc64.ts'
import { zipOf } from './functions/zip-of.ts'

const sample = (name: string) => JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'))
const CREATED = '2026-11-21T03:00:00Z'

describe('the life of a function', () => {
  it('is created and shown in the vendor’s shape', async () => {
    const { create, fc3 } = await startFc3()
    const { _method, _path, code, tags, ...given } = sample('fc-create-function-request')
    const { _note, ...expected } = sample('fc-get-function-response')
    const zip = await zipOf(says('one'))
    await create({ ...given, tags: [{ key: 'managed-by', value: 'example-deployer' }] })
    const { body } = await fc3.getFunction('probe-http', new sdk.GetFunctionRequest({}))
    const shown = JSON.parse(JSON.stringify(body))
    expect(shown).toMatchObject({
      ...expected,
      functionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      description: 'Probe of the front page',
      codeSize: zip.length,
      codeChecksum: crc64(zip),
      createdTime: CREATED,
      lastModifiedTime: CREATED,
    })
  })

  it('keeps what an update leaves out, and takes code and configuration in one call', async () => {
    const { create, update, get, clock } = await startFc3()
    await create({ description: 'old', environmentVariables: { A: '1' } })
    clock.advance(60_000)
    const zipFile = await packed(says('two'))
    await update({ environmentVariables: { B: '2' }, code: { zipFile } })
    expect(await get()).toMatchObject({
      description: 'old',
      environmentVariables: { B: '2' },
      codeChecksum: crc64(await zipOf(says('two'))),
      createdTime: CREATED,
      lastModifiedTime: '2026-11-21T03:01:00Z',
    })
  })

  it('is prepared for a while, and refuses another change meanwhile', async () => {
    const { create, update, get, publish, clock } = await startFc3({ preparation: { createMs: 3000, updateMs: 2000 } })
    await create()
    expect(await get()).toMatchObject({ state: 'Pending', stateReasonCode: 'Creating', lastUpdateStatus: 'Successful' })
    expect(await refusal(update({ timeout: 5 }))).toMatchObject({ code: 'ConcurrentUpdateError', statusCode: 409 })
    clock.advance(3000)
    expect(await get()).toMatchObject({ state: 'Active', lastUpdateStatus: 'Successful' })

    await update({ timeout: 5 })
    expect(await get()).toMatchObject({ state: 'Active', lastUpdateStatus: 'InProgress', timeout: 5 })
    expect((await refusal(update({ timeout: 6 })))?.code).toBe('ConcurrentUpdateError')
    expect((await refusal(publish()))?.code).toBe('ConcurrentUpdateError')
    clock.advance(2000)
    expect(await get()).toMatchObject({ state: 'Active', lastUpdateStatus: 'Successful' })
  })

  it('may fail in its preparation, and is made whole by another update', async () => {
    const { create, update, get, publish, sim } = await startFc3()
    sim.account.preparationFaults.push('no room')
    await create()
    expect(await get()).toMatchObject({ state: 'Failed', stateReason: 'no room', lastUpdateStatus: 'Successful' })
    await update({ timeout: 5 })
    expect(await get()).toMatchObject({ state: 'Active', stateReason: '', lastUpdateStatus: 'Successful' })

    sim.account.preparationFaults.push('no room again')
    await update({ timeout: 6 })
    expect(await get()).toMatchObject({
      state: 'Active',
      lastUpdateStatus: 'Failed',
      lastUpdateStatusReason: 'no room again',
    })
    expect((await refusal(publish()))?.message).toContain('no room again')
  })

  it('goes when nothing hangs on it any more', async () => {
    const { create, publish, alias, timer, fc3, sim } = await startFc3()
    const remove = async () => (await refusal(fc3.deleteFunction('probe')))?.message
    await create()
    await publish()
    await alias('live', '1')
    await timer('every-minute', '@every 1m', { qualifier: 'live' })
    expect(await remove()).toContain('1 triggers')
    expect((await refusal(fc3.deleteAlias('probe', 'live')))?.message).toContain("used by trigger 'every-minute'")
    await fc3.deleteTrigger('probe', 'every-minute')
    expect(await remove()).toContain('1 aliases')
    expect((await refusal(fc3.deleteFunctionVersion('probe', '1')))?.message).toContain("used by alias 'live'")
    await fc3.deleteAlias('probe', 'live')
    expect(await remove()).toContain('1 versions')
    await fc3.deleteFunctionVersion('probe', '1')
    expect(await remove()).toBeUndefined()
    expect(await refusal(fc3.deleteFunction('probe'))).toMatchObject({ code: 'FunctionNotFound', statusCode: 404 })
    expect(sim.account.functions.size).toBe(0)
  })

  it('may be gone from one call to the next', async () => {
    const { create, update, sim } = await startFc3()
    await create()
    sim.deleteByHand('probe')
    expect((await refusal(update({ timeout: 5 })))?.code).toBe('FunctionNotFound')
  })

  it('hands its code back', async () => {
    const { create, fc3 } = await startFc3()
    await create()
    const { body } = await fc3.getFunctionCode('probe', new sdk.GetFunctionCodeRequest({}))
    const answer = await fetch(body?.url ?? '')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(await zipOf(says('one')))
    expect(body?.checksum).toBe(crc64(await zipOf(says('one'))))
  })
})

describe('lists', () => {
  it('come in pages', async () => {
    const { create, list } = await startFc3()
    for (const name of ['b', 'c', 'a', 'other']) await create({ functionName: name === 'other' ? 'x' : `app-${name}` })
    const names = (answer: Awaited<ReturnType<typeof list>>) => answer?.functions?.map((one) => one.functionName)
    const first = await list({ prefix: 'app-', limit: 2, fcVersion: 'v3' })
    expect(names(first)).toEqual(['app-a', 'app-b'])
    const next = await list({ prefix: 'app-', limit: 2, fcVersion: 'v3', nextToken: first?.nextToken })
    expect(names(next)).toEqual(['app-c'])
    expect(next?.nextToken).toBeUndefined()
    expect((await refusal(list({ limit: 101 })))?.code).toBe('InvalidArgument')
    expect((await refusal(list({ nextToken: 'of another list' })))?.code).toBe('InvalidArgument')
  })

  it('choose by tags, whatever signs need encoding', async () => {
    const { create, list } = await startFc3()
    await create({ tags: [{ key: 'stack', value: "it's (a) *test*!" }] })
    await create({ functionName: 'other', tags: [{ key: 'stack', value: 'x' }] })
    const found = await list({ fcVersion: 'v3', tags: [new sdk.Tag({ key: 'stack', value: "it's (a) *test*!" })] })
    expect(found?.functions?.map(({ functionName }) => functionName)).toEqual(['probe'])
  })

  it('hold functions of 2.0 unless the version is named', async () => {
    const { create, list, fc2 } = await startFc3()
    const zipFile = await packed(says('two'))
    await create()
    await fc2.createService('svc', {})
    await fc2.createFunction('svc', { functionName: 'fn', runtime: 'nodejs20', handler: 'i.h', code: { zipFile } })
    const names = async (fields: Fields) => (await list(fields))?.functions?.map(({ functionName }) => functionName)
    expect(await names({})).toEqual(['probe', 'svc$fn'])
    expect(await names({ fcVersion: 'v3' })).toEqual(['probe'])
    expect(await names({ fcVersion: 'v2' })).toEqual(['svc$fn'])
  })
})

describe('a bad day', () => {
  it('happens as planned', async () => {
    const { create, get, sim } = await startFc3()
    await create()
    sim.fail(
      { kind: 'rate-limit' },
      { kind: 'error', code: 'AccessDenied' },
      { kind: 'http', status: 500 },
      { kind: 'reset' },
      { kind: 'garbage' },
    )
    expect(await refusal(get())).toMatchObject({ statusCode: 429, retryAfter: 1000 })
    expect((await refusal(get()))?.code).toBe('AccessDenied')
    for (let n = 0; n < 3; n++) expect(await refusal(get())).toBeDefined()
    expect(sim.failuresLeft).toBe(0)
    expect(await get()).toMatchObject({ functionName: 'probe' })
  })

  it('may come after so many calls, and after the change was made', async () => {
    const { create, get, sim } = await startFc3()
    sim.fail({ kind: 'reset', taken: true, after: 1, operation: 'CreateFunction' })
    await create({ functionName: 'first' })
    expect(await refusal(create())).toBeDefined()
    expect(await get()).toMatchObject({ functionName: 'probe' })
  })

  it('is slow', async () => {
    const { create, sim } = await startFc3()
    sim.fail({ kind: 'slow', ms: 30 })
    const before = performance.now()
    await create()
    expect(performance.now() - before).toBeGreaterThan(29)
  })

  it('limits the rate by the passed clock', async () => {
    const { create, get, clock } = await startFc3({ requestsPerSecond: 2 })
    await create()
    await get()
    expect(await refusal(get())).toMatchObject({ statusCode: 429, code: 'Throttling.User', retryAfter: 1000 })
    clock.advance(1000)
    expect(await get()).toMatchObject({ functionName: 'probe' })
  })
})
