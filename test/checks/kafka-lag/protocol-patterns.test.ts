import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { groupOffsets } from '../../../shared/evaluation/kafka-sample.ts'
import { closesAfterEach, kafka, order, read, start } from './shop.ts'

closesAfterEach()

describe('a pattern of groups', () => {
  it('finds those that have committed on the topics, whichever broker knows them', async () => {
    await start()
    for (const name of ['click-a', 'click-b', 'click-c', 'click-d', 'other'])
      kafka.groups[name] = { state: 'Empty', commits: { audit: { 0: 5 } } }
    kafka.groups['click-none'] = { commits: { paid: { 0: 1 } } }
    kafka.groups['click-connect'] = { commits: { audit: { 0: 1 } }, protocolType: 'connect' }
    const groups = await read('click-*', ['aud*'])
    expect(groups.map(({ group }) => group)).toEqual(['click-a', 'click-b', 'click-c', 'click-d'])
    expect(groups[0]).toMatchObject({
      state: 'Empty',
      members: 0,
      topics: [{ topic: 'audit', partitions: [[0, 5, 7, false]] }],
    })
  })

  it('are read with as few requests as can be: no coordinator is looked up, and a log that all read has its start and end read once', async () => {
    await start({ brokers: 1 })
    for (let index = 0; index < 40; index++) kafka.groups[`click-${index}`] = { commits: { audit: { 0: 5, 1: 7 } } }
    expect(await read('click-*')).toHaveLength(40)
    const counts = Object.entries(Object.groupBy(order(), (api) => api ?? '')).map(([api, all]) => [api, all?.length])
    expect(Object.fromEntries(counts)).toEqual({
      ApiVersions: 1,
      Metadata: 2,
      ListGroups: 1,
      OffsetFetch: 40,
      ListOffsets: 2,
      DescribeGroups: 1,
    })
  })

  it('has the ends read after every hundred groups: their commits are not old by then', async () => {
    await start({ brokers: 1 })
    for (let index = 0; index < 250; index++) kafka.groups[`click-${index}`] = { commits: { audit: { 0: 5 } } }
    expect(await read('click-*')).toHaveLength(250)
    const turns = order()
      .join(' ')
      .replaceAll(/OffsetFetch( OffsetFetch)*/g, 'OffsetFetches')
    const turn = 'OffsetFetches Metadata ListOffsets ListOffsets DescribeGroups'
    expect(turns).toBe(`ApiVersions Metadata ListGroups ${turn} ${turn} ${turn}`)
  })

  it('with one that we may not read: it has the code, and hides no other', async () => {
    await start()
    for (const name of ['click-a', 'click-b', 'click-c']) kafka.groups[name] = { commits: { audit: { 0: 5 } } }
    kafka.groups['click-b'] = { commits: {}, error: 30 }
    const groups = await read('click-*')
    expect(groups.map(({ group, error, topics }) => [group, error, topics.length])).toEqual([
      ['click-a', undefined, 1],
      ['click-b', 'GROUP_AUTHORIZATION_FAILED', 0],
      ['click-c', undefined, 1],
    ])
    expect(groups.map((group) => groupOffsets.parse(group))).toEqual(groups)
  })

  it('with one whose members are not told: what it commits would be misread', async () => {
    await start()
    for (const name of ['click-a', 'click-b']) kafka.groups[name] = { commits: { audit: { 0: 5 } } }
    kafka.groups['click-a'] = { commits: { audit: { 0: 5 } }, memberError: 15 }
    const groups = await read('click-*')
    expect(groups.map(({ error }) => error)).toEqual(['GROUP_COORDINATOR_NOT_AVAILABLE', undefined])
  })

  it('none of which can be read is unknown', async () => {
    await start()
    for (const name of ['click-a', 'click-b']) kafka.groups[name] = { commits: {}, error: 14 }
    await expect(read('click-*')).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-refused', { source: 'kafka', error: 'GROUP_LOAD_IN_PROGRESS', said: 'click-a' }),
    })
  })

  it('that finds none is told', async () => {
    await start()
    await expect(read('click-*')).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-no-group', { source: 'kafka', pattern: 'click-*' }),
    })
  })
})

it('checks of one run share their connections', async () => {
  await start({ brokers: 1 })
  await Promise.all(Array.from({ length: 20 }, () => read()))
  expect(order().filter((name) => name === 'ApiVersions')).toHaveLength(1)
})
