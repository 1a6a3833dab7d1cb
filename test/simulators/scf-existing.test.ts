import { describe, expect, it } from 'vitest'
import { creation, startTestCloud, TRANSITION } from './scf/client.ts'
import { cloud, code, ECHO, FunctionName, over, refusesInAll, request } from './scf/refusing.ts'

refusesInAll()

describe('on a function that is there', () => {
  const timer = { FunctionName, TriggerName: 'new', Type: 'timer', TriggerDesc: '0 * * * * * *' }
  const minute = { ...timer, TriggerName: 'minute', Qualifier: 'live' }
  const { TriggerDesc: _, ...named } = minute
  const alias = { FunctionName, Name: 'new', FunctionVersion: '1' }
  const P = 'InvalidParameterValue'
  const retry = (RetryNum: number, MsgTTL: number) => ({
    FunctionName,
    AsyncTriggerConfig: { RetryConfig: [{ RetryNum }], MsgTTL },
  })
  it.each<[string, string, object, string]>([
    ['another runtime', 'UpdateFunctionConfiguration', { FunctionName, Runtime: 'Nodejs16.13' }, `${P}.Runtime`],
    [
      'a handler, which goes with the code',
      'UpdateFunctionConfiguration',
      { FunctionName, Handler: 'a.b' },
      'UnknownParameter',
    ],
    [
      'tags, which are given at creation',
      'UpdateFunctionConfiguration',
      { FunctionName, Tags: [] },
      'UnknownParameter',
    ],
    ['a boolean that is none of this API', 'UpdateFunctionCode', { FunctionName, Publish: true }, P],
    ['a function that is not there', 'UpdateFunctionCode', { FunctionName: 'other' }, 'ResourceNotFound.Function'],
    [
      'a version that is not there',
      'GetFunction',
      { FunctionName, Qualifier: '9' },
      'ResourceNotFound.FunctionVersion',
    ],
    ['the version $LATEST alone', 'DeleteFunctionVersion', { FunctionName, Qualifier: '$LATEST' }, `${P}.Qualifier`],
    [
      'a version that an alias leads to',
      'DeleteFunctionVersion',
      { FunctionName, Qualifier: '1' },
      'UnsupportedOperation.AliasBind',
    ],
    ['an alias that is there', 'CreateAlias', { ...alias, Name: 'live' }, 'ResourceInUse.Alias'],
    ['an alias that is not there', 'UpdateAlias', alias, 'ResourceNotFound.Alias'],
    ['an alias with a digit first', 'CreateAlias', { ...alias, Name: '1' }, `${P}.Name`],
    [
      'an alias of a version that is not there',
      'CreateAlias',
      { ...alias, FunctionVersion: '9' },
      'ResourceNotFound.FunctionVersion',
    ],
    [
      'a weight for the main version',
      'CreateAlias',
      { ...alias, RoutingConfig: { AdditionalVersionWeights: [{ Version: '1', Weight: 0.5 }] } },
      `${P}.RoutingConfig`,
    ],
    ['the alias $DEFAULT', 'DeleteAlias', { FunctionName, Name: '$DEFAULT' }, 'FailedOperation.DeleteAlias'],
    ['a page of aliases with a number for a limit', 'ListAliases', { FunctionName, Limit: 20 }, 'InvalidParameter'],
    ['too long a page', 'ListFunctions', { Limit: 101 }, P],
    ['a filter that nobody knows', 'ListFunctions', { Filters: [{ Name: 'Tag', Values: ['x'] }] }, `${P}.Filters`],
    ['a trigger that is there', 'CreateTrigger', minute, 'ResourceInUse.Trigger'],
    ['the same name under another qualifier', 'CreateTrigger', { ...minute, Qualifier: '1' }, 'ResourceInUse.Trigger'],
    [
      'a trigger on an alias that is not there',
      'CreateTrigger',
      { ...timer, Qualifier: 'x' },
      'ResourceNotFound.Qualifier',
    ],
    ['a trigger with a digit first', 'CreateTrigger', { ...timer, TriggerName: '1' }, `${P}.TriggerName`],
    ['a trigger with 101 characters', 'CreateTrigger', { ...timer, TriggerName: over(100) }, `${P}.TriggerName`],
    ['a cron of six fields', 'CreateTrigger', { ...timer, TriggerDesc: '0 * * * * *' }, `${P}.TriggerDesc`],
    [
      'a cron as it is read back',
      'CreateTrigger',
      { ...timer, TriggerDesc: '{"cron":"0 * * * * * *"}' },
      `${P}.TriggerDesc`,
    ],
    ['an argument over 4 KB', 'CreateTrigger', { ...timer, CustomArgument: over(4096) }, `${P}.CustomArgument`],
    ['a switch as it is read back', 'CreateTrigger', { ...timer, Enable: 1 }, P],
    [
      'a trigger without its qualifier',
      'UpdateTrigger',
      { ...named, Qualifier: undefined },
      'ResourceNotFound.Trigger',
    ],
    [
      'deleting one without its qualifier',
      'DeleteTrigger',
      { ...named, Qualifier: undefined },
      'ResourceNotFound.Trigger',
    ],
    ['an empty cron', 'UpdateTrigger', { ...named, TriggerDesc: '' }, `${P}.TriggerDesc`],
    ['the status it has', 'UpdateTriggerStatus', { ...named, Enable: 'OPEN' }, 'FailedOperation.UpdateTriggerStatus'],
    ['three retries', 'UpdateFunctionEventInvokeConfig', retry(3, 3600), 'LimitExceeded.RetryNum'],
    ['events kept for a day', 'UpdateFunctionEventInvokeConfig', retry(0, 86_400), 'LimitExceeded.MsgTTL'],
    ['half an instance', 'PutReservedConcurrencyConfig', { FunctionName, ReservedConcurrencyMem: 64 }, P],
    [
      'more memory than the account has',
      'PutReservedConcurrencyConfig',
      { FunctionName, ReservedConcurrencyMem: 128_000 },
      'LimitExceeded.FunctionReservedConcurrencyMemory',
    ],
    ['an event that is no JSON', 'Invoke', { FunctionName, ClientContext: '{' }, 'InvalidParameter.Payload'],
    ['an event over 6 MB', 'InvokeFunction', { FunctionName, Event: `"${over(6 << 20)}"` }, 'InvalidParameter.Payload'],
    [
      'one over 128 KB that nobody waits for',
      'Invoke',
      { FunctionName, InvocationType: 'Event', ClientContext: `"${over(128 << 10)}"` },
      'InvalidParameter.Payload',
    ],
  ])('%s: %s', async (_what, action, given, refusal) => {
    const code: object =
      action === 'UpdateFunctionCode' ? { Code: { ZipFile: (await creation('a', ECHO)).Code.ZipFile } } : {}
    expect(await request(action, { ...code, ...given })).toBe(refusal)
    const { Triggers, Status } = await cloud.scf.GetFunction({ FunctionName })
    expect([Status, Triggers?.map(({ TriggerName }) => TriggerName)]).toEqual(['Active', ['minute']])
  })

  it('ten timers and no more', async () => {
    const other = await startTestCloud()
    await other.create(FunctionName, ECHO)
    const create = (n: number) => other.refusal(other.scf.CreateTrigger({ ...timer, TriggerName: `t${n}` }))
    for (let n = 1; n <= 10; n++) expect(await create(n)).toBeUndefined()
    expect(await create(11)).toBe('LimitExceeded.Trigger')
    await other.sim.close()
  })
})

it('while something is under way, each action has its own code', async () => {
  const other = await startTestCloud()
  const Code = { ZipFile: code.ZipFile }
  await other.create(FunctionName, ECHO)
  await other.scf.PublishVersion({ FunctionName })
  await other.pass(TRANSITION)
  const timer = { FunctionName, TriggerName: 'a', Type: 'timer' }
  await other.scf.CreateTrigger({ ...timer, TriggerDesc: '0 * * * * * *' })
  await other.scf.UpdateFunctionConfiguration({ FunctionName, Timeout: 5 })
  const { scf } = other
  const config = { AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 0 }], MsgTTL: 60 } }
  const busy: [Promise<unknown>, string | undefined][] = [
    [scf.UpdateFunctionCode({ FunctionName, Code }), 'FailedOperation.UpdateFunctionCode'],
    [scf.UpdateFunctionConfiguration({ FunctionName, Timeout: 6 }), 'FailedOperation.UpdateFunctionConfiguration'],
    [scf.PublishVersion({ FunctionName }), 'FailedOperation.PublishVersion'],
    [scf.CreateTrigger({ ...timer, TriggerName: 'b', TriggerDesc: '0 * * * * * *' }), 'FailedOperation.CreateTrigger'],
    [scf.DeleteTrigger(timer), 'FailedOperation.DeleteTrigger'],
    [scf.DeleteFunction({ FunctionName }), 'FailedOperation.FunctionStatusError'],
    [scf.Invoke({ FunctionName }), 'FailedOperation.FunctionStatusError'],
    [
      scf.PutReservedConcurrencyConfig({ FunctionName, ReservedConcurrencyMem: 128 }),
      'FailedOperation.FunctionVersionStatusNotActive',
    ],
    [
      scf.UpdateFunctionEventInvokeConfig({ FunctionName, ...config }),
      'FailedOperation.FunctionVersionStatusNotActive',
    ],
    [scf.CreateAlias({ FunctionName, Name: 'work', FunctionVersion: '$LATEST' }), 'FailedOperation.CreateAlias'],
    [scf.CreateAlias({ FunctionName, Name: 'live', FunctionVersion: '1' }), undefined],
    [scf.InvokeFunction({ FunctionName, Qualifier: '1' }), undefined],
    [scf.ListTriggers({ FunctionName }), undefined],
  ]
  expect(await Promise.all(busy.map(([call]) => other.refusal(call)))).toEqual(busy.map(([, refusal]) => refusal))
  await other.pass(TRANSITION)
  expect(await other.refusal(scf.UpdateFunctionCode({ FunctionName, Code }))).toBeUndefined()
  await other.sim.close()
})

it('an answer is HTTP 200, with the error and the request’s id inside', async () => {
  const answer = await fetch(cloud.sim.url, {
    method: 'POST',
    headers: { 'x-tc-version': '2018-04-16', 'content-type': 'application/json' },
    body: '{}',
  })
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      Response: {
        Error: { Code: 'AuthFailure.InvalidAuthorization', Message: expect.any(String) },
        RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    },
  ])
})
