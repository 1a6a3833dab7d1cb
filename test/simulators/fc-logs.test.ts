import { createRequire } from 'node:module'
import { $OpenApiUtil } from '@alicloud/openapi-core'
import type slsModule from '@alicloud/sls20201230'
import { describe, expect, it } from 'vitest'
import { calls3, type Fields, NO_OPTIONS } from './fc/calls3.ts'
import { OWNER, REGION, refusal, START, startTestFc } from './fc/client.ts'

const MINUTE = 60_000

describe('logs', () => {
  const sls = createRequire(import.meta.url)('@alicloud/sls20201230') as typeof slsModule
  const logConfig = { project: 'project', logstore: 'functions' }

  async function start() {
    const fc = await startTestFc({ logProjects: { project: ['functions', 'others'] } })
    const calls = calls3(fc)
    await calls.createSource(`exports.handler = async (event) => console.log('saw ' + event)`, { logConfig })
    const { host } = new URL(fc.sim.url)
    const getLogs = async (
      fields: Fields = {},
      { project = 'project', logstore = 'functions', secret = 'secret' } = {},
    ) => {
      const keys = { ...OWNER, accessKeySecret: secret, endpoint: host, protocol: 'http', regionId: REGION }
      const client = new sls.default(new $OpenApiUtil.Config(keys))
      const request = new sls.GetLogsRequest({ from: START / 1000, to: START / 1000 + 3600, ...fields })
      const headers = { host, 'x-log-project': project }
      return (await client.getLogsWithOptions(project, logstore, request, headers, NO_OPTIONS)).body ?? []
    }
    return { ...fc, ...calls, getLogs }
  }
  const messages = (rows: object[]) => rows.map((row) => ('message' in row ? row.message : undefined))

  it('hold what a function with a log store printed', async () => {
    const { invoke, getLogs } = await start()
    await invoke('red')
    const rows = await getLogs({ topic: 'FCLogs:probe' })
    expect(messages(rows)).toEqual([
      expect.stringMatching(/^FC Invoke Start RequestId: 1-/),
      'saw red',
      expect.stringMatching(/^FC Invoke End RequestId: 1-/),
      expect.stringMatching(/^Duration: /),
    ])
    expect(rows[1]).toMatchObject({
      __time__: String(START / 1000),
      __topic__: 'FCLogs:probe',
      functionName: 'probe',
      qualifier: 'LATEST',
    })
  })

  it('are searched by time, topic and words, in pages and backwards', async () => {
    const { invoke, clock, getLogs } = await start()
    await invoke('red')
    clock.advance(MINUTE)
    await invoke('blue')
    const saw = async (fields: Fields) => messages(await getLogs(fields))
    expect(await saw({ query: 'saw' })).toEqual(['saw red', 'saw blue'])
    expect(await saw({ query: 'saw', reverse: true })).toEqual(['saw blue', 'saw red'])
    expect(await saw({ query: 'saw', line: 1, offset: 1 })).toEqual(['saw blue'])
    expect(await saw({ query: 'saw and functionName:probe and bl*' })).toEqual(['saw blue'])
    expect(await saw({ query: 'saw', to: START / 1000 + 60 })).toEqual(['saw red'])
    expect(await saw({ topic: 'FCLogs:other' })).toEqual([])
  })

  it.each<[string, Fields, { project?: string; logstore?: string; secret?: string }, string]>([
    ['another project', {}, { project: 'none' }, 'ProjectNotExist'],
    ['another store', {}, { logstore: 'none' }, 'LogStoreNotExist'],
    ['another secret', {}, { secret: 'guess' }, 'SignatureNotMatch'],
    ['more than 100 lines', { line: 101 }, {}, 'ParameterInvalid'],
    ['no end', { to: undefined }, {}, 'ParameterInvalid'],
    ['an end before the start', { to: 1 }, {}, 'InvalidTimeRange'],
  ])('refuse %s', async (_what, fields, place, code) => {
    const { getLogs } = await start()
    expect((await refusal(getLogs(fields, place)))?.code).toBe(code)
  })
})
