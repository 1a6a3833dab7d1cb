import { afterEach, describe, expect, it } from 'vitest'
import { REGION, START, startTestCloud, type TestCloud, TRANSITION } from './scf/client.ts'

let cloud: TestCloud | undefined
afterEach(async () => {
  await cloud?.sim.close()
  cloud = undefined
})

const FunctionName = 'probe'
const SAYS = { 'index.js': 'exports.main = async ({ say }) => { console.log(say) }' }

describe('tags', () => {
  const resource = (name: string, uin = '100000000001') =>
    `qcs::scf:${REGION}:uin/${uin}:namespace/default/function/${name}`

  it('are set, changed and taken away', async () => {
    cloud = await startTestCloud()
    const { scf, tag, create } = cloud
    await create(FunctionName, SAYS, { Tags: [{ Key: 'stage', Value: 'dev' }] })
    const tags = async () => (await scf.GetFunction({ FunctionName })).Tags?.map(({ Key, Value }) => `${Key}=${Value}`)
    const Tags = [
      { TagKey: 'stage', TagValue: 'prod' },
      { TagKey: 'hash', TagValue: 'abc' },
    ]
    expect(await tag.TagResources({ ResourceList: [resource(FunctionName)], Tags })).toMatchObject({
      FailedResources: [],
    })
    expect(await tags()).toEqual(['stage=prod', 'hash=abc'])
    await tag.UnTagResources({ ResourceList: [resource(FunctionName, '')], TagKeys: ['stage', 'other'] })
    expect(await tags()).toEqual(['hash=abc'])
  })

  it('what is not there is told beside what is done', async () => {
    cloud = await startTestCloud()
    const { tag, create, refusal, clients } = cloud
    await create(FunctionName, SAYS)
    const Tags = [{ TagKey: 'a', TagValue: '1' }]
    const ResourceList = [resource('other'), resource(FunctionName), resource(FunctionName, '7')]
    const { FailedResources } = await clients('').tag.TagResources({ ResourceList, Tags })
    expect(FailedResources?.map(({ Resource, Code }) => [Resource, Code])).toEqual([
      [resource('other'), 'ResourceNotFound'],
      [resource(FunctionName, '7'), 'ResourceNotFound'],
    ])
    const given = (ResourceList: string[]) => refusal(tag.TagResources({ ResourceList, Tags }))
    expect(await given(['probe'])).toBe('InvalidParameterValue.ResourceDescriptionError')
    expect(await given([])).toBe('InvalidParameterValue')
    expect(await refusal(tag.TagResources({ ResourceList, Tags: [] }))).toBe('InvalidParameterValue')
  })
})

describe('logs', () => {
  async function start() {
    cloud = await startTestCloud()
    const { scf, cls, create, pass } = cloud
    await create(FunctionName, SAYS)
    const { ClsTopicId = '' } = await scf.GetFunction({ FunctionName })
    const say = async (text: string) => {
      await scf.Invoke({ FunctionName, ClientContext: JSON.stringify({ say: text }) })
      await pass(1000)
    }
    const window = { TopicId: ClsTopicId, From: START, To: START + 60_000, QueryString: 'SCF_Type:Custom' }
    const search = async (more: object = {}) => {
      const { Results = [] } = await cls.SearchLog({ ...window, ...more })
      return Results.map(({ LogJson = '' }) => JSON.parse(LogJson).SCF_Message)
    }
    return { ...cloud, say, search, window }
  }

  it('are what functions print, between the platform’s own lines', async () => {
    const { cls, say, window } = await start()
    await say('第一行\nsecond line')
    const { Results = [], ListOver } = await cls.SearchLog({ ...window, QueryString: '', Sort: 'asc' })
    const records = Results.map(({ Time, TopicId, LogJson = '' }) => ({ Time, TopicId, ...JSON.parse(LogJson) }))
    expect(records.map(({ SCF_Type, SCF_Message }) => [SCF_Type, SCF_Message])).toEqual([
      ['Platform', expect.stringMatching(/^START RequestId: /)],
      ['Custom', '第一行'],
      ['Custom', 'second line'],
      ['Platform', expect.stringMatching(/^END RequestId: /)],
      ['Platform', expect.stringMatching(/^Report RequestId: .* Duration:\d+ms Memory:128MB MemUsage:[\d.]+MB$/)],
    ])
    expect(ListOver).toBe(true)
    expect(records[1]).toEqual({
      Time: START + TRANSITION,
      TopicId: `scf-topic-${REGION}`,
      SCF_FunctionName: FunctionName,
      SCF_Namespace: 'default',
      SCF_StartTime: String(START + TRANSITION),
      SCF_LogTime: String(START + TRANSITION),
      SCF_RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      SCF_Duration: expect.stringMatching(/^\d+$/),
      SCF_Alias: '',
      SCF_Qualifier: '$LATEST',
      SCF_MemUsage: expect.stringMatching(/^\d+\.\d$/),
      SCF_Level: 'INFO',
      SCF_Message: '第一行',
      SCF_Type: 'Custom',
      SCF_StatusCode: '202',
      SCF_RetryNum: '0',
    })
  })

  it('are searched by time, page by page', async () => {
    const { cls, say, search, window } = await start()
    for (const text of ['one', 'two', 'three']) await say(text)
    expect(await search()).toEqual(['three', 'two', 'one'])
    expect(await search({ Sort: 'asc', Limit: 1, Offset: 1 })).toEqual(['two'])
    expect(await search({ From: START + 2000, To: START + 3000 })).toEqual(['two'])
    const first = await cls.SearchLog({ ...window, Limit: 2 })
    expect(first.ListOver).toBe(false)
    expect(await search({ Limit: 2, Context: first.Context })).toEqual(['one'])
  })

  it('are searched by conditions', async () => {
    const { say, search } = await start()
    for (const text of ['check front-page: down', 'check api: up', 'a "quoted" word']) await say(text)
    const found = (condition: string) => search({ QueryString: `SCF_Type:Custom AND (${condition})`, Sort: 'asc' })
    expect(await found('down OR word')).toEqual(['check front-page: down', 'a "quoted" word'])
    expect(await found('"check api"')).toEqual(['check api: up'])
    expect(await found('front')).toEqual([])
    expect(await found('front*')).toEqual(['check front-page: down'])
    expect(await found('check AND NOT up')).toEqual(['check front-page: down'])
    expect(await found(`SCF_FunctionName:${FunctionName} AND SCF_Message:"check*"`)).toHaveLength(2)
    expect(await found('SCF_Message:"a \\"quoted\\" word"')).toHaveLength(1)
    expect(await found('SCF_FunctionName:prob')).toEqual([])
    expect(await found('Down')).toEqual([])
  })

  it.each<[string, object, string]>([
    ['a topic that is not there', { TopicId: 'other' }, 'ResourceNotFound.TopicNotExist'],
    ['no time', { From: 5, To: 5 }, 'InvalidParameter'],
    ['too long a page', { Limit: 1001 }, 'InvalidParameterValue'],
    ['two ways to page', { Offset: 1, Context: '' }, 'InvalidParameter'],
    ['a context of its own', { Context: 'x' }, 'FailedOperation.InvalidContext'],
    ['an open quotation', { QueryString: '"open' }, 'FailedOperation.SyntaxError'],
    ['an open bracket', { QueryString: '(a OR b' }, 'FailedOperation.SyntaxError'],
    ['two conditions without a word between', { QueryString: 'a b' }, 'FailedOperation.SyntaxError'],
    ['statistics', { QueryString: '* | SELECT count(*)' }, 'FailedOperation.SyntaxError'],
  ])('%s is refused', async (_what, more, code) => {
    const { cls, refusal, window } = await start()
    expect(await refusal(cls.SearchLog({ ...window, ...more }))).toBe(code)
  })
})
