import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { readSource } from '../../local/place.ts'
import {
  type Environment,
  emptyIn,
  environmentBytes,
  withoutUnused,
  withRecipients,
  withVariables,
} from '../../plugins/config/environment.ts'

describe('the variables that a configuration refers to', () => {
  test('are added from where the packaging runs', () => {
    const environment = { QUEUE: { Ref: 'Queue' } }
    expect(withVariables(environment, ['WECOM_KEY'], { WECOM_KEY: 'k', OTHER: 'o' })).toEqual({
      environment: { QUEUE: { Ref: 'Queue' }, WECOM_KEY: 'k' },
      missing: [],
    })
  })

  test('are not added twice: what serverless.yml says counts', () => {
    expect(withVariables({ WECOM_KEY: 'mine' }, ['WECOM_KEY'], { WECOM_KEY: 'other' })).toEqual({
      environment: { WECOM_KEY: 'mine' },
      missing: [],
    })
  })

  test('are missing when they are unset or empty', () => {
    expect(withVariables({}, ['A', 'B'], { A: '' })).toEqual({ environment: {}, missing: ['A', 'B'] })
  })
})

test('an environment is measured in bytes of JSON, unknown values by what they may come to', () => {
  expect(environmentBytes({ A: 'é' })).toBe('{"A":"é"}'.length + 1)
  expect(environmentBytes({ A: { Ref: 'Queue' } })).toBe('{"A":""}'.length + 160)
})

test('a last resort of one cloud goes before that of all, and AWS has no text messages', async () => {
  const all = {
    TO: '+8613800000001',
    SIGN: 'Sign',
    TEMPLATE: 'SMS_1',
    APP: '',
    TEMPLATE_TENCENT: '2',
    APP_TENCENT: '3',
  }
  for (const [name, value] of Object.entries(all)) vi.stubEnv(`LAST_RESORT_SMS_${name}`, value)
  vi.stubEnv('LAST_RESORT_WECOM_KEY', 'robot')
  onTestFinished(() => void vi.unstubAllEnvs())
  const environmentAt = (cloud: string) => {
    const whole = withRecipients({}, process.env, cloud)
    return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name.replace('LAST_RESORT_', ''), value]))
  }
  const texts = { WECOM_KEY: 'robot', SMS_TO: '+8613800000001', SMS_SIGN: 'Sign' }
  expect(environmentAt('tencent')).toEqual({ ...texts, SMS_TEMPLATE: '2', SMS_APP: '3' })
  expect(environmentAt('aliyun')).toEqual({ ...texts, SMS_TEMPLATE: 'SMS_1' })
  expect(environmentAt('aws')).toEqual({ WECOM_KEY: 'robot' })
})

test('an empty variable names the one of ours that it is taken from', () => {
  expect(emptyIn({ AWS_ACCESS_KEY_ID: '', CITY: '', VANTAGE: 'x' }, 'uptime')).toEqual([
    { code: 'value', args: { name: 'AWS_ACCESS_KEY_ID', fn: 'uptime', from: 'FENGHUO_SENDER_KEY_ID' } },
    { code: 'value', args: { name: 'CITY', fn: 'uptime', from: null } },
  ])
})

test('a deployment to AWS without any parameter lacks nothing: what stands for one of them may be empty', () => {
  const { params, functions } = readSource('serverless.yml').data as {
    params: { default: Record<string, unknown> }
    functions: Record<string, { environment: Environment }>
  }
  const defaults = new Map(Object.entries(params.default).map(([name, value]) => [`\${param:${name}}`, value]))
  const lacks = Object.entries(functions).flatMap(([fn, { environment = {} }]) => {
    const read = Object.entries(environment).map(([name, value]) => [name, defaults.get(String(value)) ?? value])
    return emptyIn(withoutUnused(Object.fromEntries(read), false), fn)
  })
  expect([...defaults.values()]).toContain('')
  expect(lacks).toEqual([])
})
