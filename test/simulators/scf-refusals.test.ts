import { describe, expect, it } from 'vitest'
import { zipOf } from './functions/zip-of.ts'
import { creation, KEYS, REGION, startTestCloud, TRANSITION } from './scf/client.ts'
import { cloud, ECHO, FunctionName, over, refusesInAll, request } from './scf/refusing.ts'

refusesInAll()

describe('who may call', () => {
  const { secretId, secretKey } = KEYS
  it.each([
    ['another secret', { secretId, secretKey: 'guess' }, REGION, 'AuthFailure.SignatureFailure'],
    ['an unknown key', { secretId: 'AKIDOTHER', secretKey }, REGION, 'AuthFailure.SecretIdNotFound'],
    ['a token that the keys do not have', { secretId, secretKey, token: 't' }, REGION, 'AuthFailure.TokenFailure'],
    ['no region', KEYS, '', 'MissingParameter'],
    ['a region that does not exist', KEYS, 'ap-guangdong', 'UnsupportedRegion'],
    ['a region of another cloud', KEYS, 'cn-hangzhou', 'UnsupportedRegion'],
  ])('%s', async (_what, keys, region, refusal) => {
    const { scf } = cloud.clients(region, keys)
    expect(await cloud.refusal(scf.GetFunction({ FunctionName }))).toBe(refusal)
  })

  it('temporary keys need their token', async () => {
    const other = await startTestCloud({ token: 'session' })
    const [without, expired, right] = [undefined, 'old', 'session'].map(
      (token) => other.clients(REGION, token === undefined ? KEYS : { ...KEYS, token }).scf,
    )
    expect(await other.refusal(without?.ListFunctions({}) ?? Promise.resolve())).toBe('AuthFailure.TokenFailure')
    expect(await other.refusal(expired?.ListFunctions({}) ?? Promise.resolve())).toBe('AuthFailure.TokenFailure')
    expect(await right?.ListFunctions({})).toMatchObject({ TotalCount: 0 })
    await other.sim.close()
  })

  it('a clock ten minutes off', async () => {
    const other = await startTestCloud({ wallClock: () => Date.now() + 600_000 })
    expect(await other.refusal(other.scf.ListFunctions({}))).toBe('AuthFailure.SignatureExpire')
    await other.sim.close()
  })

  it('an action or a version that does not exist', async () => {
    expect(await request('GetFunctionCode', { FunctionName })).toBe('InvalidAction')
    expect(await request('constructor', { FunctionName })).toBe('InvalidAction')
    const { scf } = cloud.clients(REGION)
    Object.assign(scf, { apiVersion: '2017-03-12' })
    expect(await request('GetFunction', { FunctionName }, scf)).toBe('NoSuchVersion')
  })

  it('more than so many requests a second', async () => {
    let now = Date.now()
    const other = await startTestCloud({ perSecond: 3, wallClock: () => now })
    for (const _ of [1, 2, 3]) await other.scf.ListFunctions({})
    expect(await other.refusal(other.scf.ListFunctions({}))).toBe('RequestLimitExceeded')
    expect(await other.refusal(other.scf.GetFunction({ FunctionName }))).toBe('ResourceNotFound.Function')
    now += 1000
    await other.scf.ListFunctions({})
    await other.sim.close()
  })

  it('what the vendor has switched off', async () => {
    expect(await request('GetFunctionLogs', { FunctionName })).toBe('ActionOffline')
  })

  it('a body over 10 MB', async () => {
    const Code = { ZipFile: over(10 * 1024 * 1024) }
    expect(await request('UpdateFunctionCode', { FunctionName, Code })).toBe('RequestSizeLimitExceeded')
  })
})

describe('CreateFunction refuses', () => {
  const environment = (...variables: [string, string][]) => ({
    Environment: { Variables: variables.map(([Key, Value]) => ({ Key, Value })) },
  })
  const P = 'InvalidParameterValue'
  it.each<[string, object, string]>([
    ['a name that is taken', { FunctionName }, 'ResourceInUse.Function'],
    ['a name with a digit first', { FunctionName: '1probe' }, `${P}.FunctionName`],
    ['a name with a hyphen last', { FunctionName: 'probe-' }, `${P}.FunctionName`],
    ['a name of one letter', { FunctionName: 'p' }, `${P}.FunctionName`],
    ['a name of 61 characters', { FunctionName: `p${'x'.repeat(60)}` }, `${P}.FunctionName`],
    ['a name with a dot', { FunctionName: 'probe.http' }, `${P}.FunctionName`],
    [
      '119 characters with the namespace',
      { FunctionName: 'p'.repeat(59), Namespace: 'x'.repeat(60) },
      `${P}.FunctionName`,
    ],
    ['no name', { FunctionName: undefined }, 'MissingParameter'],
    ['a name that is a number', { FunctionName: 7 }, 'InvalidParameter'],
    ['an unknown namespace', { Namespace: 'other' }, 'ResourceNotFound.Namespace'],
    ['a handler in a folder', { Handler: 'dist/index.main' }, `${P}.Handler`],
    ['a handler without a function', { Handler: 'index' }, `${P}.Handler`],
    ['a handler with two dots', { Handler: 'index.cjs.main' }, `${P}.Handler`],
    ['a handler that ends in a digit', { Handler: 'index.main2' }, `${P}.Handler`],
    ['no handler', { Handler: undefined }, 'MissingParameter'],
    ['a runtime of another cloud', { Runtime: 'nodejs20.x' }, `${P}.Runtime`],
    ['a description with a mark for machines', { Description: 'managed-by: fenghuo' }, `${P}.Description`],
    ['a description of 1001 characters', { Description: over(1000) }, `${P}.Description`],
    ['a memory between the steps', { MemorySize: 200 }, `${P}.MemorySize`],
    ['a memory of 0', { MemorySize: 0 }, `${P}.MemorySize`],
    ['too much memory', { MemorySize: 3200 }, 'LimitExceeded.Memory'],
    ['a memory that is text', { MemorySize: '128' }, 'InvalidParameter'],
    ['a timeout of 901 s', { Timeout: 901 }, 'LimitExceeded.Timeout'],
    ['a timeout of 0', { Timeout: 0 }, P],
    ['too long an initialization', { InitTimeout: 301 }, 'LimitExceeded.InitTimeout'],
    ['an environment over 4 KB', environment(['A', over(4095)]), `${P}.EnvironmentExceededLimit`],
    ['4 KB counted in bytes', environment(['A', '火'.repeat(1366)]), `${P}.EnvironmentExceededLimit`],
    ['a variable of the vendor’s', environment(['SCF_NAMESPACE', 'x']), `${P}.EnvironmentSystemProtect`],
    ['a variable of the cloud’s', environment(['TENCENTCLOUD_REGION', 'x']), `${P}.EnvironmentSystemProtect`],
    ['a variable with a hyphen', environment(['A-B', 'x']), `${P}.Environment`],
    ['a variable without a name', environment(['', 'x']), `${P}.Environment`],
    ['a variable twice', environment(['A', 'x'], ['A', 'y']), `${P}.Environment`],
    ['a role that does not exist', { Role: 'nobody' }, 'ResourceNotFound.Role'],
    ['a layer', { Layers: [{ LayerName: 'tools', LayerVersion: 1 }] }, 'ResourceNotFound.Layer'],
    ['a network without a subnet', { VpcConfig: { VpcId: 'vpc-1', SubnetId: '' } }, `${P}.VpcConfig`],
    ['half a log topic', { ClsTopicId: 'topic' }, P],
    [
      'a tag twice',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      P,
    ],
    ['a tag without a key', { Tags: [{ Key: '', Value: '1' }] }, P],
    ['no code', { Code: undefined }, 'MissingParameter'],
    ['code from nowhere', { Code: {} }, 'MissingParameter.Code'],
    ['code that is not base64', { Code: { ZipFile: '***' } }, `${P}.ZipFileBase64BinasciiError`],
    ['code that is no zip', { Code: { ZipFile: Buffer.from('exports.main').toString('base64') } }, `${P}.ZipFile`],
    [
      'a bucket with the application’s id',
      { Code: { CosBucketName: 'code-1250000000', CosObjectName: '/a.zip' } },
      `${P}.CosBucketName`,
    ],
    ['an object without a slash', { Code: { CosBucketName: 'code', CosObjectName: 'a.zip' } }, `${P}.CosObjectName`],
    ['an object that is not there', { Code: { CosBucketName: 'code', CosObjectName: '/a.zip' } }, `${P}.CosObjectName`],
    ['another source than the code’s', { CodeSource: 'Cos' }, `${P}.CodeSource`],
    ['a parameter of another cloud', { EnvironmentVariables: {} }, 'UnknownParameter'],
    ['a parameter inside that nobody knows', { Code: { ZipFil: '' } }, 'UnknownParameter'],
  ])('%s', async (_what, given, refusal) => {
    const right = { ...(await creation('new', ECHO)), Role: 'probe-role' }
    expect(await request('CreateFunction', { ...right, ...given })).toBe(refusal)
    expect(await cloud.scf.ListFunctions({})).toMatchObject({ TotalCount: 1 })
  })

  it('takes what is just inside the limits', async () => {
    const given = {
      ...(await creation(`p${'x'.repeat(59)}`, ECHO)),
      Description: '首页的探测, every minute.\n',
      MemorySize: 3072,
      Timeout: 900,
      Role: 'probe-role',
      VpcConfig: { VpcId: 'vpc-a1', SubnetId: 'subnet-b2' },
      ...environment(['A', 'x'.repeat(4095)]),
    }
    expect(await request('CreateFunction', given)).toBeUndefined()
    await cloud.pass(TRANSITION)
    await cloud.scf.DeleteFunction({ FunctionName: given.FunctionName })
    await cloud.pass(TRANSITION)
  })

  it('takes code from COS', async () => {
    cloud.sim.cloud.cos.set(`${REGION}/code/a.zip`, await zipOf(ECHO))
    const Code = { CosBucketName: 'code', CosObjectName: '/a.zip', CosBucketRegion: REGION }
    await cloud.scf.CreateFunction({ ...(await creation('from-cos', ECHO)), Code, CodeSource: 'Cos' })
    await cloud.pass(TRANSITION)
    expect((await cloud.scf.Invoke({ FunctionName: 'from-cos', ClientContext: '[1]' })).Result?.RetMsg).toBe('[1]')
    await cloud.scf.DeleteFunction({ FunctionName: 'from-cos' })
    await cloud.pass(TRANSITION)
  })

  it('a function more than the quota', async () => {
    const other = await startTestCloud({ functionQuota: 2 })
    await other.create('one', ECHO)
    await other.create('two', ECHO)
    expect(await other.refusal(other.scf.CreateFunction(await creation('three', ECHO)))).toBe('LimitExceeded.Function')
    await other.sim.close()
  })
})
