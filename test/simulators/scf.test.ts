import { describe, expect, it } from 'vitest'
import { creation, REGION, says, startCloud, TRANSITION } from './scf/client.ts'

const FunctionName = 'probe-http'
const ECHO = { 'index.js': 'exports.main = async (event, context) => ({ event, version: context.function_version })' }
const zipFile = async (files: Record<string, string>) => (await creation('any', files)).Code.ZipFile

describe('the life of a function', () => {
  it('is created, becomes active, and is shown in the vendor’s shape', async () => {
    const { scf, clock } = await startCloud()
    const Tags = [{ Key: 'managed-by', Value: 'fenghuo' }]
    const Environment = { Variables: [{ Key: 'TARGET', Value: 'https://example.com/' }] }
    await scf.CreateFunction({
      ...(await creation(FunctionName, ECHO)),
      Description: 'Probe of the front page',
      MemorySize: 128,
      Timeout: 30,
      Environment,
      Tags,
    })
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'Creating' })
    clock.advance(TRANSITION - 1)
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'Creating' })
    clock.advance(1)
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({
      FunctionName,
      FunctionId: expect.stringMatching(/^lam-/),
      Namespace: 'default',
      Qualifier: '$LATEST',
      FunctionVersion: '$LATEST',
      Status: 'Active',
      StatusDesc: '',
      StatusReasons: [],
      AvailableStatus: 'Available',
      Type: 'Event',
      Runtime: 'Nodejs18.15',
      Handler: 'index.main',
      MemorySize: 128,
      Timeout: 30,
      Description: 'Probe of the front page',
      Environment,
      Tags,
      Triggers: [],
      AddTime: '2026-11-21 08:00:00',
      ModTime: '2026-11-21 08:00:00',
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const { Functions, TotalCount } = await scf.ListFunctions({
      Filters: [{ Name: 'tag-managed-by', Values: ['fenghuo'] }],
    })
    expect([TotalCount, Functions?.map((found) => [found.FunctionName, found.Status])]).toEqual([
      1,
      [[FunctionName, 'Active']],
    ])
    expect(await scf.ListFunctions({ Filters: [{ Name: 'tag-managed-by', Values: ['other'] }] })).toMatchObject({
      TotalCount: 0,
    })
  })

  it('lives in one region', async () => {
    const { create, clients, refusal } = await startCloud()
    await create(FunctionName, ECHO)
    const { scf } = clients('ap-singapore')
    expect(await refusal(scf.GetFunction({ FunctionName }))).toBe('ResourceNotFound.Function')
    expect(await scf.ListFunctions({})).toMatchObject({ TotalCount: 0, Functions: [] })
  })

  it('runs the old code until an update is through, and after one that fails', async () => {
    const { sim, scf, create, pass, refusal } = await startCloud()
    await create(FunctionName, says('old'))
    const run = async () => (await scf.Invoke({ FunctionName })).Result?.RetMsg
    expect(await run()).toBe('"old"')

    sim.failTransition('UpdateFunctionCode', 'InternalError.Cos', 'storage failed')
    await scf.UpdateFunctionCode({ FunctionName, Code: { ZipFile: await zipFile(says('new')) } })
    expect(await refusal(scf.Invoke({ FunctionName }))).toBe('FailedOperation.FunctionStatusError')
    await pass(TRANSITION)
    const reasons = [{ ErrorCode: 'InternalError.Cos', ErrorMessage: 'storage failed' }]
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'UpdateFailed', StatusReasons: reasons })

    await scf.UpdateFunctionCode({ FunctionName, Code: { ZipFile: await zipFile(says('newer')) } })
    await pass(TRANSITION)
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'Active', StatusReasons: [] })
    expect(await run()).toBe('"newer"')
  })

  it('what failed to be created can only be deleted', async () => {
    const { sim, scf, pass, refusal } = await startCloud()
    sim.failTransition('CreateFunction', 'InternalError', 'no room')
    await scf.CreateFunction(await creation(FunctionName, ECHO))
    await pass(TRANSITION)
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'CreateFailed', StatusDesc: 'no room' })
    expect(await refusal(scf.UpdateFunctionConfiguration({ FunctionName, Timeout: 5 }))).toBe(
      'FailedOperation.UpdateFunctionConfiguration',
    )
    await scf.DeleteFunction({ FunctionName })
    expect(await refusal(scf.CreateFunction(await creation(FunctionName, ECHO)))).toBe('ResourceInUse.Function')
    await pass(TRANSITION)
    expect(await refusal(scf.GetFunction({ FunctionName }))).toBe('ResourceNotFound.Function')
    await scf.CreateFunction(await creation(FunctionName, ECHO))
  })

  it('keeps what an update of the configuration leaves out, or resets it where the account is told to', async () => {
    for (const [resetsOmitted, Timeout] of [
      [false, 30],
      [true, 3],
    ] as const) {
      const { scf, create, pass } = await startCloud({ resetsOmitted })
      await create(FunctionName, ECHO, { Timeout: 30, Environment: { Variables: [{ Key: 'A', Value: '1' }] } })
      await scf.UpdateFunctionConfiguration({
        FunctionName,
        MemorySize: 256,
        Environment: { Variables: [{ Key: '', Value: '' }] },
      })
      await pass(TRANSITION)
      expect(await scf.GetFunction({ FunctionName })).toMatchObject({
        MemorySize: 256,
        Timeout,
        Environment: { Variables: [] },
      })
    }
  })

  it('shows its entry file when asked to, unless that is over 1 MB', async () => {
    const { scf, create, pass } = await startCloud()
    await create(FunctionName, { ...ECHO, 'other.js': '1' })
    const shown = async (ShowCode?: string) =>
      (await scf.GetFunction({ FunctionName, ...(ShowCode ? { ShowCode } : {}) })).CodeInfo
    expect(await shown('TRUE')).toBe(ECHO['index.js'])
    expect(await shown('FALSE')).toBe('')
    expect(await shown()).toBe('')
    await scf.UpdateFunctionCode({ FunctionName, ZipFile: await zipFile({ 'index.js': 'x'.repeat((1 << 20) + 1) }) })
    await pass(TRANSITION)
    expect(await shown('TRUE')).toBe('')
  })

  it('can be taken away by hand in the middle', async () => {
    const { sim, scf, create, refusal } = await startCloud()
    await create(FunctionName, ECHO)
    sim.removeByHand(REGION, FunctionName)
    expect(await refusal(scf.PublishVersion({ FunctionName }))).toBe('ResourceNotFound.Function')
    expect(() => sim.removeByHand(REGION, FunctionName)).toThrow('there is no function probe-http in ap-guangzhou')
  })

  it('pages through what there is', async () => {
    const { scf, create } = await startCloud()
    for (const name of ['probe-c', 'probe-a', 'other', 'probe-b']) await create(name, ECHO)
    const page = async (Offset: number, Limit: number) => {
      const list = await scf.ListFunctions({ Offset, Limit, SearchKey: 'probe', Orderby: 'FunctionName', Order: 'ASC' })
      return [list.TotalCount, ...(list.Functions ?? []).map((found) => found.FunctionName)]
    }
    expect(await page(0, 2)).toEqual([3, 'probe-a', 'probe-b'])
    expect(await page(2, 2)).toEqual([3, 'probe-c'])
    expect(await page(4, 2)).toEqual([3])
  })
})

describe('versions and aliases', () => {
  it('an alias leads to a version that no update touches', async () => {
    const { scf, create, pass } = await startCloud()
    await create(FunctionName, says('one'))
    expect(await scf.PublishVersion({ FunctionName, Description: 'first' })).toMatchObject({
      FunctionVersion: '1',
      Handler: 'index.main',
      Runtime: 'Nodejs18.15',
    })
    expect(await scf.GetFunction({ FunctionName, Qualifier: '1' })).toMatchObject({ Status: 'Publishing' })
    await pass(TRANSITION)
    await scf.CreateAlias({ FunctionName, Name: 'live', FunctionVersion: '1' })

    await scf.UpdateFunctionCode({ FunctionName, Code: { ZipFile: await zipFile(says('two')) }, Publish: 'TRUE' })
    const answers = async () => {
      const results = ['live', '1'].map((Qualifier) => scf.InvokeFunction({ FunctionName, Qualifier }))
      return (await Promise.all(results)).map(({ Result }) => Result?.RetMsg)
    }
    expect(await answers()).toEqual(['"one"', '"one"'])
    await pass(TRANSITION)
    expect(await scf.GetFunction({ FunctionName })).toMatchObject({ Status: 'Publishing' })
    await pass(TRANSITION)
    expect(await scf.GetFunction({ FunctionName, Qualifier: '2' })).toMatchObject({
      Status: 'Active',
      FunctionVersion: '2',
    })

    await scf.UpdateAlias({
      FunctionName,
      Name: 'live',
      FunctionVersion: '2',
      RoutingConfig: { AdditionalVersionWeights: [] },
    })
    expect(await answers()).toEqual(['"two"', '"one"'])
    expect(await scf.GetAlias({ FunctionName, Name: 'live' })).toMatchObject({ FunctionVersion: '2' })
    const { FunctionVersion, TotalCount } = await scf.ListVersionByFunction({ FunctionName, Order: 'ASC' })
    expect([TotalCount, FunctionVersion]).toEqual([3, ['$LATEST', '1', '2']])
    const { Aliases } = await scf.ListAliases({ FunctionName })
    expect(Aliases?.map(({ Name, FunctionVersion }) => [Name, FunctionVersion])).toEqual([
      ['$DEFAULT', '$LATEST'],
      ['live', '2'],
    ])
  })

  it('a version goes only when no alias leads to it, an alias only when no trigger is bound to it', async () => {
    const { scf, create, pass, refusal } = await startCloud()
    await create(FunctionName, ECHO)
    await scf.PublishVersion({ FunctionName })
    await pass(TRANSITION)
    await scf.CreateAlias({ FunctionName, Name: 'live', FunctionVersion: '1' })
    const timer = { FunctionName, TriggerName: 'minute', Type: 'timer', Qualifier: 'live' }
    await scf.CreateTrigger({ ...timer, TriggerDesc: '0 * * * * * *' })

    const removeVersion = () => refusal(scf.DeleteFunctionVersion({ FunctionName, Qualifier: '1' }))
    const removeAlias = () => refusal(scf.DeleteAlias({ FunctionName, Name: 'live' }))
    expect(await removeVersion()).toBe('UnsupportedOperation.AliasBind')
    expect(await refusal(scf.DeleteFunction({ FunctionName, Qualifier: '1' }))).toBe('UnsupportedOperation.AliasBind')
    expect(await removeAlias()).toBe('FailedOperation.DeleteAlias')
    await scf.DeleteTrigger(timer)
    expect(await removeAlias()).toBeUndefined()
    expect(await removeVersion()).toBeUndefined()
    await scf.PublishVersion({ FunctionName })
    await pass(TRANSITION)
    const { FunctionVersion } = await scf.ListVersionByFunction({ FunctionName })
    expect(FunctionVersion?.sort(), 'a number is not given twice').toEqual(['$LATEST', '2'])
  })

  it('a version that failed to be published can be published again, as the next one', async () => {
    const { sim, scf, create, pass, refusal } = await startCloud()
    await create(FunctionName, ECHO)
    sim.failTransition('PublishVersion', 'InternalError', 'no luck')
    await scf.PublishVersion({ FunctionName })
    await pass(TRANSITION)
    expect(await scf.GetFunction({ FunctionName, Qualifier: '1' })).toMatchObject({ Status: 'PublishFailed' })
    const alias = { FunctionName, Name: 'live', FunctionVersion: '1' }
    expect(await refusal(scf.CreateAlias(alias))).toBe('FailedOperation.CreateAlias')
    expect(await scf.PublishVersion({ FunctionName })).toMatchObject({ FunctionVersion: '2' })
    await pass(TRANSITION)
    await scf.CreateAlias({ ...alias, FunctionVersion: '2' })
  })

  it('weights share the calls of an alias between two versions', async () => {
    let random = 0
    const { scf, create, pass } = await startCloud({ random: () => random })
    await create(FunctionName, ECHO)
    for (const _ of [1, 2]) {
      await scf.PublishVersion({ FunctionName })
      await pass(TRANSITION)
    }
    const RoutingConfig = { AdditionalVersionWeights: [{ Version: '2', Weight: 0.1 }] }
    await scf.CreateAlias({ FunctionName, Name: 'live', FunctionVersion: '1', RoutingConfig })
    const version = async () => {
      const { Result } = await scf.InvokeFunction({ FunctionName, Qualifier: 'live' })
      return JSON.parse(Result?.RetMsg ?? '').version
    }
    random = 0.09
    expect(await version()).toBe('2')
    random = 0.1
    expect(await version()).toBe('1')
  })
})
