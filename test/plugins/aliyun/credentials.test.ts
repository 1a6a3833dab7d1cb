import { describe, expect, test } from 'vitest'
import { type Credentials, CredentialsError, findCredentials } from '../../../plugins/aliyun/credentials.ts'

const ACCOUNT = { ALIBABA_CLOUD_ACCOUNT_ID: '1234567890123456' }
const COMMAND_LINE = '/home/lin/.aliyun/config.json'
const SDK = '/home/lin/.alibabacloud/credentials'

function find(env: Record<string, string>, files: Record<string, string> = {}, accountId?: string) {
  return findCredentials({
    env,
    home: '/home/lin',
    read: async (file) => files[file],
    ...(accountId === undefined ? {} : { accountId }),
  })
}

function commandLine(profile: object, current = 'default'): string {
  return JSON.stringify({ current, profiles: [{ name: 'default', ...profile }] })
}

const own: Credentials = { accessKeyId: 'id', accessKeySecret: 'secret', accountId: '1234567890123456' }
const temporary: Credentials = { ...own, securityToken: 'token' }
const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' }

interface Case {
  where: string
  env?: Record<string, string>
  files?: Record<string, string>
  expected: Credentials
}

describe('credentials are found', () => {
  test.each<Case>([
    { where: 'in the environment', env: keys, expected: own },
    {
      where: 'in the environment, temporary',
      env: { ...keys, ALIBABA_CLOUD_SECURITY_TOKEN: 'token' },
      expected: temporary,
    },
    {
      where: 'in the command line’s file',
      files: { [COMMAND_LINE]: commandLine({ mode: 'AK', access_key_id: 'id', access_key_secret: 'secret' }) },
      expected: own,
    },
    {
      where: 'in the command line’s file, temporary',
      files: {
        [COMMAND_LINE]: commandLine({
          mode: 'StsToken',
          access_key_id: 'id',
          access_key_secret: 'secret',
          sts_token: 'token',
        }),
      },
      expected: temporary,
    },
    {
      where: 'in the SDKs’ file',
      files: {
        [SDK]:
          '# mine\n[default]\r\ntype = access_key\naccess_key_id = id\naccess_key_secret=secret\n[other]\ntype=x\n',
      },
      expected: own,
    },
    {
      where: 'in a section of the SDKs’ file that the environment names, when the command line’s has no such profile',
      env: { ALIBABA_CLOUD_PROFILE: 'ops' },
      files: {
        [COMMAND_LINE]: commandLine({ mode: 'AK', access_key_id: 'x', access_key_secret: 'y' }),
        [SDK]: '[ops]\ntype = sts\naccess_key_id = id\naccess_key_secret = secret\nsecurity_token = token\n',
      },
      expected: temporary,
    },
    {
      where: 'in a file that the environment names; a value may hold an equals sign',
      env: { ALIBABA_CLOUD_CREDENTIALS_FILE: '/keys' },
      files: { '/keys': '[default]\ntype=access_key\naccess_key_id=id\naccess_key_secret=a=b==\n' },
      expected: { ...own, accessKeySecret: 'a=b==' },
    },
    {
      where: 'in the environment before any file',
      env: keys,
      files: { [COMMAND_LINE]: commandLine({ mode: 'AK', access_key_id: 'x', access_key_secret: 'y' }) },
      expected: own,
    },
  ])('$where', async ({ env, files, expected }) => {
    expect(await find({ ...ACCOUNT, ...env }, files)).toEqual(expected)
  })

  test('the account’s number may stand in the configuration, and the environment’s counts', async () => {
    expect(await find(keys, {}, '1111111111111111')).toMatchObject({ accountId: '1111111111111111' })
    expect(await find({ ...keys, ...ACCOUNT }, {}, '1111111111111111')).toMatchObject({ accountId: '1234567890123456' })
  })
})

describe('credentials are refused', () => {
  test.each<{ what: string; env: Record<string, string>; files?: Record<string, string>; told: RegExp }>([
    {
      what: 'everything is missing: both are told at once',
      env: {},
      told: /set ALIBABA_CLOUD_ACCESS_KEY_ID and [\s\S]*\n.*set ALIBABA_CLOUD_ACCOUNT_ID/,
    },
    {
      what: 'half a key',
      env: { ...ACCOUNT, ALIBABA_CLOUD_ACCESS_KEY_ID: 'id' },
      told: /ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not/,
    },
    { what: 'an account by name', env: { ...keys, ALIBABA_CLOUD_ACCOUNT_ID: 'lin' }, told: /digits only.*"lin"/ },
    { what: 'a file that is no JSON', env: ACCOUNT, files: { [COMMAND_LINE]: 'secret{' }, told: /^((?!secret{).)*$/ },
    {
      what: 'a profile that another service must make keys of',
      env: ACCOUNT,
      files: { [COMMAND_LINE]: commandLine({ mode: 'RamRoleArn', access_key_id: 'id', access_key_secret: 's' }) },
      told: /mode "RamRoleArn"[\s\S]*aliyun sts AssumeRole/,
    },
    {
      what: 'a current profile that is not there',
      env: ACCOUNT,
      files: { [COMMAND_LINE]: commandLine({}, 'ops') },
      told: /no profile "ops"/,
    },
    {
      what: 'a profile without its secret',
      env: ACCOUNT,
      files: { [SDK]: '[default]\ntype=access_key\naccess_key_id=id\n' },
      told: /lacks access_key_id or access_key_secret/,
    },
    {
      what: 'a temporary key without its token, in the environment',
      env: { ...ACCOUNT, ...keys, ALIBABA_CLOUD_ACCESS_KEY_ID: 'STS.id' },
      told: /of the environment is a temporary one, .*set ALIBABA_CLOUD_SECURITY_TOKEN\./,
    },
    {
      what: 'a temporary key without its token, of the command line',
      env: ACCOUNT,
      files: { [COMMAND_LINE]: commandLine({ mode: 'AK', access_key_id: 'STS.id', access_key_secret: 's' }) },
      told: /of profile "default" in .*config\.json is a temporary one, .*set sts_token\./,
    },
  ])('$what', async ({ env, files, told }) => {
    const error = await find(env, files).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(CredentialsError)
    expect(String(error)).toMatch(told)
  })
})
