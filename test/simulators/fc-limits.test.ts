import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Fields, reasonOf, startFc3 } from './fc/calls3.ts'
import { ACCOUNT, packed, REGION, refusal, says } from './fc/client.ts'

const sample = (name: string) => JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'))
const CREATED = '2026-11-21T03:00:00Z'

describe('what is refused of a function', () => {
  it.each<[string, Fields, string]>([
    ['a name that is taken', { functionName: 'taken' }, 'FunctionAlreadyExists'],
    ['a name that starts with a digit', { functionName: '1probe' }, 'functionName: must'],
    ['a name that starts with a hyphen', { functionName: '-probe' }, 'functionName: must'],
    ['a name with a dot', { functionName: 'a.b' }, 'functionName: must'],
    ['a name of 65', { functionName: 'a'.repeat(65) }, 'functionName: must'],
    ['a name of 64', { functionName: 'a'.repeat(64) }, 'none'],
    ['no runtime', { runtime: undefined }, 'runtime:'],
    ['a runtime that is not offered', { runtime: 'nodejs22' }, 'runtime:'],
    ['a handler without a function', { handler: 'index' }, 'handler: must be file.function'],
    ['no code', { code: undefined }, 'Either ossBucketName/ossObjectName or zipFile must be set'],
    ['empty code', { code: {} }, 'code: Either ossBucketName/ossObjectName or zipFile must be set'],
    ['code that is no base64', { code: { zipFile: '{}' } }, 'code.zipFile:'],
    ['code that is no zip', { code: { zipFile: Buffer.from('hello').toString('base64') } }, 'is no zip'],
    [
      'code in a bucket that is not there',
      { code: { ossBucketName: 'b', ossObjectName: 'o' } },
      "bucket 'b' does not exist",
    ],
    ['memory between the steps', { memorySize: 200, cpu: 0.2 }, 'memorySize:'],
    ['memory below 128', { memorySize: 64, cpu: 0.05 }, 'memorySize:'],
    ['memory without cpu', { memorySize: 512 }, 'set together'],
    ['cpu between the steps', { memorySize: 512, cpu: 0.33 }, 'multiple of 0.05'],
    ['more than 1 vCPU for 1 GB', { memorySize: 1024, cpu: 1.05 }, 'the ratio'],
    ['1 vCPU for 1 GB', { memorySize: 1024, cpu: 1 }, 'none'],
    ['less than 1 vCPU for 4 GB', { memorySize: 4096, cpu: 0.95 }, 'the ratio'],
    ['1 vCPU for 4 GB', { memorySize: 4096, cpu: 1 }, 'none'],
    ['0.05 vCPU for 128 MB', { memorySize: 128, cpu: 0.05 }, 'none'],
    ['0.15 vCPU for 128 MB', { memorySize: 128, cpu: 0.15 }, 'the ratio'],
    ['a disk of 1 GB', { diskSize: 1024 }, 'diskSize:'],
    ['no time at all', { timeout: 0 }, 'timeout:'],
    ['over a day', { timeout: 86_401 }, 'timeout:'],
    ['a variable that starts with a digit', { environmentVariables: { '1A': '' } }, 'environmentVariables.1A:'],
    ['a variable with a hyphen', { environmentVariables: { 'A-B': '' } }, 'environmentVariables.A-B:'],
    ['a variable FC_…', { environmentVariables: { FC_REGION: 'x' } }, 'reserved'],
    ['a variable accessKeyID', { environmentVariables: { accessKeyID: 'x' } }, 'reserved'],
    ['variables of 4096 bytes', { environmentVariables: { A: 'x'.repeat(4095) } }, 'none'],
    ['variables of 4097 bytes', { environmentVariables: { A: 'x'.repeat(4096) } }, 'exceed 4096 bytes'],
    ['a variable that is a number', { environmentVariables: { A: 1 } }, 'environmentVariables.A:'],
    ['a role that is no ARN', { role: 'admin' }, 'role: must be'],
    ['half a log place', { logConfig: { project: 'p', logstore: '' } }, 'go together'],
    ['a log project that is not there', { logConfig: { project: 'p', logstore: 's' } }, "project 'p' does not exist"],
    [
      'a log store that is not there',
      { logConfig: { project: 'logs', logstore: 's' } },
      "logstore 's' of project 'logs' does not exist",
    ],
    ['a log store that is there', { logConfig: { project: 'logs', logstore: 'functions' } }, 'none'],
    ['half a VPC', { vpcConfig: { vpcId: 'vpc-1', vSwitchIds: [], securityGroupId: 'sg-1' } }, 'go together'],
    ['a tag aliyun…', { tags: [{ key: 'aliyun:x', value: '' }] }, 'tags'],
    ['a tag with an address', { tags: [{ key: 'http://x', value: '' }] }, 'tags'],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, n) => ({ key: `k${n}`, value: '' })) }, 'tags'],
  ])('%s', async (_what, fields, code) => {
    const { create, sim } = await startFc3({ logProjects: { logs: ['functions'] } })
    await create({ functionName: 'taken' })
    expect(reasonOf(await refusal(create(fields)))).toContain(code)
    expect(sim.account.functions.size).toBe(code === 'none' ? 2 : 1)
    expect(sim.calls.at(-1)).toMatchObject({ operation: 'CreateFunction', kind: 'write', api: '3.0' })
  })

  it('code of another checksum', async () => {
    const { create } = await startFc3()
    const zipFile = await packed(says('one'))
    expect(reasonOf(await refusal(create({ code: { zipFile, checksum: '1' } })))).toContain('the checksum is')
  })

  it('a package that is too large, and one function too many', async () => {
    const { create, sim } = await startFc3({ quotas: { functions: 1 } })
    sim.account.quotas.zipBytes = 100
    expect((await refusal(create()))?.code).toBe('EntityTooLarge')
    sim.account.quotas.zipBytes = 10_000
    await create()
    expect((await refusal(create({ functionName: 'other' })))?.code).toBe('LimitExceededError')
  })

  it.each<[string, Fields, string | undefined]>([
    ['another cpu alone, when it fits', { cpu: 0.5 }, undefined],
    ['another cpu alone, when it does not fit', { cpu: 2 }, 'InvalidArgument'],
    ['empty code', { code: {} }, 'InvalidArgument'],
    ['logs taken away', { logConfig: { project: '', logstore: '' } }, undefined],
    ['nothing', {}, undefined],
  ])('an update with %s', async (_what, fields, code) => {
    const { create, update } = await startFc3()
    await create({ memorySize: 1024, cpu: 0.35 })
    expect((await refusal(update(fields)))?.code).toBe(code)
  })
})

describe('triggers', () => {
  it('are shown in the vendor’s shape', async () => {
    const { create, publish, alias, createTrigger, fc3 } = await startFc3()
    await create()
    await publish()
    await alias('live', '1')
    const { _method, _path, ...request } = sample('fc-create-trigger-timer-request')
    await createTrigger(request)
    const { body } = await fc3.getTrigger('probe', 'every-minute')
    expect(JSON.parse(JSON.stringify(body))).toMatchObject({
      triggerName: 'every-minute',
      triggerType: 'timer',
      qualifier: 'live',
      targetArn: `acs:fc:${REGION}:${ACCOUNT}:functions/probe/live`,
      triggerConfig: '{"payload":"{\\"check\\":\\"front-page\\"}","cronExpression":"0 * * * * *","enable":true}',
      createdTime: CREATED,
    })
  })

  it.each<[string, Fields, Fields, string]>([
    ['a name that is taken', { triggerName: 'taken' }, {}, 'TriggerAlreadyExists'],
    ['a name with a dot', { triggerName: 'a.b' }, {}, 'triggerName: must'],
    ['a type that is not simulated', { triggerType: 'http' }, {}, 'only timer is'],
    ['a configuration that is no JSON', { triggerConfig: '@every 1m' }, {}, 'triggerConfig: is no JSON'],
    ['no configuration', { triggerConfig: undefined }, {}, 'triggerConfig:'],
    ['an unknown key', {}, { cron: '@every 1m' }, 'cron'],
    ['a payload of 128 KB', {}, { payload: 'x'.repeat(131_072) }, 'none'],
    ['a larger payload', {}, { payload: 'x'.repeat(131_073) }, 'payload: exceeds 131072 bytes'],
    ['an alias that is not there', { qualifier: 'live' }, {}, 'AliasNotFound'],
    ['a version that is not there', { qualifier: '1' }, {}, 'VersionNotFound'],
    ['seven fields', {}, { cronExpression: '0 0 4 * * * *' }, 'has 7'],
    ['five fields', {}, { cronExpression: '0 4 * * *' }, 'has 5'],
    ['every ten seconds', {}, { cronExpression: '*/10 * * * * *' }, 'the second must be one number'],
    ['every 30s', {}, { cronExpression: '@every 30s' }, 'minutes (m) or hours (h)'],
    ['every 0m', {}, { cronExpression: '@every 0m' }, 'minutes (m) or hours (h)'],
    ['every day by name', {}, { cronExpression: '@daily' }, 'minutes (m) or hours (h)'],
    ['a minute of 60', {}, { cronExpression: '0 60 * * * *' }, '60 is not from 0 to 59'],
    ['a weekday of 0', {}, { cronExpression: '0 0 4 ? * 0' }, '0 is not from 1 to 7'],
    ['a weekday’s step', {}, { cronExpression: '0 0 4 ? * */2' }, 'the day of week takes no /'],
    ['the last day', {}, { cronExpression: '0 0 4 L * ?' }, 'L is not from 1 to 31'],
    [
      'a zone that is not there',
      {},
      { cronExpression: 'CRON_TZ=Asia/Peking 0 0 4 * * *' },
      'Asia/Peking is no time zone',
    ],
    ['a zone that is', {}, { cronExpression: 'CRON_TZ=Asia/Shanghai 0 0 4 1 * *' }, 'none'],
    ['hours', {}, { cronExpression: '@every 4h' }, 'none'],
    ['lists, ranges and steps', {}, { cronExpression: '30 0,30 8-18/2 ? JAN-MAR MON,WED-FRI' }, 'none'],
  ])('%s', async (_what, fields, config, code) => {
    const { create, timer } = await startFc3()
    await create()
    await timer('taken', '@every 1m')
    expect(reasonOf(await refusal(timer('other', '@every 1m', fields, config)))).toContain(code)
  })

  it('fifty of them', async () => {
    const { create, timer } = await startFc3()
    await create()
    for (let n = 0; n < 50; n++) await timer(`t${n}`, '@every 1m')
    expect((await refusal(timer('one-more', '@every 1m')))?.code).toBe('LimitExceededError')
  })

  it('are changed, but not bound elsewhere', async () => {
    const { create, publish, timer, updateTrigger, fc3 } = await startFc3()
    await create()
    await publish()
    await timer('every-minute', '@every 1m')
    expect((await refusal(updateTrigger('every-minute', { qualifier: '1' })))?.code).toBe('InvalidArgument')
    await updateTrigger('every-minute', { triggerConfig: '{"cronExpression":"@every 2m","enable":false}' })
    const { body } = await fc3.getTrigger('probe', 'every-minute')
    expect(body?.triggerConfig).toBe('{"payload":"","cronExpression":"@every 2m","enable":false}')
    expect(await refusal(updateTrigger('none', {}))).toMatchObject({ code: 'TriggerNotFound', statusCode: 404 })
    expect((await refusal(fc3.deleteTrigger('probe', 'none')))?.code).toBe('TriggerNotFound')
  })
})
