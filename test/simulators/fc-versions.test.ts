import { describe, expect, it } from 'vitest'
import { type Fields, startFc3 } from './fc/calls3.ts'
import { ACCOUNT, REGION, refusal, sdk } from './fc/client.ts'

const CREATED = '2026-11-21T03:00:00Z'

describe('versions and aliases', () => {
  it('a version stays as it was published, and the alias moves', async () => {
    const { create, update, get, publish, alias, moveAlias, fc3, clock } = await startFc3()
    await create({ description: 'one' })
    expect(await publish('first')).toBe('1')
    await alias('live', '1')
    await update({ description: 'two' })
    expect((await get('live'))?.description).toBe('one')
    clock.advance(1000)
    expect(await publish()).toBe('2')
    const { body } = await moveAlias('live', { versionId: '2' })
    expect(body).toMatchObject({ aliasName: 'live', versionId: '2', lastModifiedTime: '2026-11-21T03:00:01Z' })
    expect((await get('live'))?.description).toBe('two')
    expect((await get('1'))?.description).toBe('one')
    const { versions } = (await fc3.listFunctionVersions('probe', new sdk.ListFunctionVersionsRequest({}))).body ?? {}
    expect(versions?.map(({ versionId, description }) => [versionId, description])).toEqual([
      ['2', ''],
      ['1', 'first'],
    ])
  })

  it('refuses to publish what was published', async () => {
    const { create, update, publish } = await startFc3()
    await create({ timeout: 5 })
    await publish()
    expect(await refusal(publish('again'))).toMatchObject({
      code: 'VersionPublishError',
      message: expect.stringContaining('No changes were made since last publish'),
    })
    await update({ timeout: 5 })
    expect((await refusal(publish()))?.code).toBe('VersionPublishError')
    await update({ timeout: 6 })
    expect(await publish()).toBe('2')
  })

  it('never gives a version’s number again', async () => {
    const { create, update, publish, fc3 } = await startFc3()
    await create()
    await publish()
    await fc3.deleteFunctionVersion('probe', '1')
    await update({ timeout: 9 })
    expect(await publish()).toBe('2')
  })

  it('keeps weights that an update leaves out', async () => {
    const { create, update, publish, alias, moveAlias } = await startFc3()
    await create()
    await publish()
    await update({ timeout: 9 })
    await publish()
    await alias('live', '1', { additionalVersionWeight: { '2': 0.1 } })
    const { body } = await moveAlias('live', { description: 'x' })
    expect(body).toMatchObject({ versionId: '1', additionalVersionWeight: { '2': 0.1 } })
    expect((await refusal(moveAlias('live', { versionId: '2' })))?.code).toBe('AdditionalVersionContainsMajorVersion')
    expect((await moveAlias('live', { versionId: '2', additionalVersionWeight: {} })).body?.versionId).toBe('2')
  })

  it.each<[string, Fields, string]>([
    ['of no version', { versionId: '7' }, 'VersionNotFound'],
    ['of LATEST', { versionId: 'LATEST' }, 'VersionNotFound'],
    ['that is there', { aliasName: 'live' }, 'AliasAlreadyExists'],
    ['named LATEST', { aliasName: 'LATEST' }, 'InvalidArgument'],
    ['named like a version', { aliasName: '1' }, 'InvalidArgument'],
    ['without a name', { aliasName: undefined }, 'InvalidArgument'],
    [
      'with its own version beside it',
      { additionalVersionWeight: { '1': 0.5 } },
      'AdditionalVersionContainsMajorVersion',
    ],
    ['with more than all', { additionalVersionWeight: { '1': 1.5 } }, 'InvalidArgument'],
  ])('refuses an alias %s', async (_what, fields, code) => {
    const { create, publish, alias, createAlias } = await startFc3()
    await create()
    await publish()
    await alias('live', '1')
    const creating = createAlias({ aliasName: 'next', versionId: '1', ...fields })
    expect((await refusal(creating))?.code).toBe(code)
  })

  it('says what is not there', async () => {
    const { create, get, moveAlias, fc3 } = await startFc3()
    await create()
    expect(await refusal(get('live'))).toMatchObject({ code: 'AliasNotFound', statusCode: 404 })
    expect(await refusal(get('3'))).toMatchObject({ code: 'VersionNotFound', statusCode: 404 })
    expect((await refusal(fc3.getAlias('probe', 'live')))?.code).toBe('AliasNotFound')
    expect((await refusal(moveAlias('live', { versionId: '1' })))?.code).toBe('AliasNotFound')
    expect((await refusal(fc3.deleteFunctionVersion('probe', '1')))?.code).toBe('VersionNotFound')
  })
})

describe('settings', () => {
  it('asynchronous invocation is configured by qualifier', async () => {
    const { create, publish, alias, putAsync, fc3 } = await startFc3()
    await create()
    await publish()
    await alias('live', '1')
    const live = { qualifier: 'live' }
    const get = () => fc3.getAsyncInvokeConfig('probe', new sdk.GetAsyncInvokeConfigRequest(live))
    expect(await refusal(get())).toMatchObject({ code: 'AsyncConfigNotExists', statusCode: 404 })
    expect((await refusal(putAsync({}, 'next')))?.code).toBe('AliasNotFound')
    await putAsync({ maxAsyncRetryAttempts: 0 }, 'live')
    expect((await get()).body).toMatchObject({ maxAsyncRetryAttempts: 0, createdTime: CREATED })
    await fc3.deleteAsyncInvokeConfig('probe', new sdk.DeleteAsyncInvokeConfigRequest(live))
    expect((await refusal(get()))?.code).toBe('AsyncConfigNotExists')
  })

  it.each<[string, Fields]>([
    ['nine retries', { maxAsyncRetryAttempts: 9 }],
    ['no age', { maxAsyncEventAgeInSeconds: 0 }],
    ['over a week', { maxAsyncEventAgeInSeconds: 604_801 }],
    ['a destination that is no ARN', { destinationConfig: { onFailure: { destination: 'queue' } } }],
  ])('refuses %s', async (_what, fields) => {
    const { create, putAsync } = await startFc3()
    await create()
    expect((await refusal(putAsync(fields)))?.code).toBe('InvalidArgument')
  })

  it('instances are reserved as far as they go', async () => {
    const { create, reserve, fc3 } = await startFc3()
    await create()
    await create({ functionName: 'other' })
    await reserve('probe', 60)
    expect((await refusal(reserve('other', 41)))?.code).toBe('LimitExceededError')
    await reserve('other', 40)
    expect((await fc3.getConcurrencyConfig('other')).body).toMatchObject({ reservedConcurrency: 40 })
    await fc3.deleteConcurrencyConfig('other')
    expect((await refusal(fc3.getConcurrencyConfig('other')))?.statusCode).toBe(404)
  })

  it('tags are added, shown and taken away', async () => {
    const { create, get, fc3 } = await startFc3()
    await create({ tags: [{ key: 'a', value: '1' }] })
    const resourceId = [`acs:fc:${REGION}:${ACCOUNT}:functions/probe`]
    const resourceType = 'FUNCTION'
    const tagging = (tag: Fields[], ids = resourceId) =>
      fc3.tagResources(
        new sdk.TagResourcesRequest({ body: new sdk.TagResourcesInput({ resourceType, resourceId: ids, tag }) }),
      )
    await tagging([
      { key: 'a', value: '2' },
      { key: 'b', value: '3' },
    ])
    const pairs = async () => (await get())?.tags?.map(({ key, value }) => [key, value])
    expect(await pairs()).toEqual([
      ['a', '2'],
      ['b', '3'],
    ])
    const listed = await fc3.listTagResources(new sdk.ListTagResourcesRequest({ resourceType, resourceId, limit: 1 }))
    expect(listed.body?.tagResources?.map(({ tagKey, tagValue }) => [tagKey, tagValue])).toEqual([['a', '2']])
    expect(listed.body?.nextToken).toBeDefined()
    await fc3.untagResources(new sdk.UntagResourcesRequest({ resourceType, resourceId, tagKey: ['a'] }))
    expect(await pairs()).toEqual([['b', '3']])
    const elsewhere = [`acs:fc:cn-beijing:${ACCOUNT}:functions/probe`]
    expect((await refusal(tagging([{ key: 'a', value: '' }], elsewhere)))?.code).toBe('InvalidArgument')
    const many = Array.from({ length: 20 }, (_, n) => ({ key: `k${n}`, value: '' }))
    expect((await refusal(tagging(many)))?.code).toBe('LimitExceededError')
  })
})
