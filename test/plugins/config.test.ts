import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { environmentBytes, withVariables } from '../../plugins/config/environment.ts'
import ConfigPlugin from '../../plugins/config/index.ts'
import { packageService } from '../infrastructure/packaged.ts'

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

const valid = `
vantages: { sg: aws/ap-southeast-1 }
channels:
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }
policies:
  default:
    layers: [{ page: lin, ackTimeout: 5m }]
    channels: { critical: [chat] }
projects:
  pay:
    title: 支付
    chat: [wecom]
    checks:
      web: { title: 收银台, http: https://pay.example.com/healthz, headers: { X-Key: "\${SITE_KEY}" } }
`

class ServerlessError extends Error {}

/** Runs the plugin as the framework does, in a service of its own. */
async function run(commands: string[], fenghuoYml: string | undefined, vantage = 'aws/ap-southeast-1') {
  const serviceDir = await mkdtemp(join(tmpdir(), 'fenghuo-config-'))
  onTestFinished(() => rm(serviceDir, { recursive: true }))
  if (fenghuoYml !== undefined) await writeFile(join(serviceDir, 'fenghuo.yml'), fenghuoYml)
  const functions = {
    probe: { environment: { FENGHUO_CONFIG: '.build/config/probe.json', VANTAGE: vantage } },
    page: { environment: { FENGHUO_CONFIG: '.build/config/page.json' }, package: { patterns: ['a-certificate.pem'] } },
  }
  const warnings: string[] = []
  const plugin = new ConfigPlugin(
    {
      serviceDir,
      processedInput: { commands },
      service: { functions, custom: { config: 'fenghuo.yml' } },
      classes: { Error: ServerlessError },
    },
    {},
    { log: { warning: (text) => warnings.push(text) } },
  )
  await plugin.hooks['before:package:initialize']?.()
  const compiled = async (name: string) =>
    JSON.parse(await readFile(join(serviceDir, `.build/config/${name}.json`), 'utf8'))
  return { functions, warnings, compiled }
}

describe('packaging', () => {
  beforeEach(() => {
    vi.stubEnv('WECOM_KEY', 'robot')
    vi.stubEnv('SITE_KEY', 'site')
  })
  afterEach(() => vi.unstubAllEnvs())

  test('gives each function its part, its files and its variables, and no other function’s', async () => {
    const { functions, warnings, compiled } = await run(['package'], valid)
    expect((await compiled('probe')).checks).toHaveLength(1)
    expect((await compiled('probe')).channels).toEqual({})
    expect((await compiled('page')).checks).toEqual([])
    expect(functions).toEqual({
      probe: {
        environment: { FENGHUO_CONFIG: '.build/config/probe.json', VANTAGE: 'aws/ap-southeast-1', SITE_KEY: 'site' },
        package: { patterns: ['.build/config/probe.json'] },
      },
      page: {
        environment: { FENGHUO_CONFIG: '.build/config/page.json', WECOM_KEY: 'robot' },
        package: { patterns: ['a-certificate.pem', '.build/config/page.json'] },
      },
    })
    expect(warnings).toEqual([])
  })

  test('warns of a variable without a value, and deploying refuses it', async () => {
    vi.stubEnv('WECOM_KEY', '')
    const { functions, warnings } = await run(['package'], valid)
    expect(warnings).toEqual([
      "This package can't be deployed:\nWECOM_KEY is not set, and fenghuo.yml needs it for page",
    ])
    expect(functions.page.environment).not.toHaveProperty('WECOM_KEY')
    const refusal = 'Not deployed:\nWECOM_KEY is not set, and fenghuo.yml needs it for page'
    await expect(run(['deploy'], valid)).rejects.toThrow(refusal)
    await expect(run(['deploy', 'function'], valid)).rejects.toThrow(refusal)
  })

  test('refuses an environment that no cloud takes', async () => {
    vi.stubEnv('WECOM_KEY', 'k'.repeat(4096))
    await expect(run(['package'], valid)).rejects.toThrow('The environment of page has 4155 bytes, and may have 4096')
  })

  test('refuses a probe in a place that is no vantage', async () => {
    await expect(run(['package'], valid, 'aws/eu-west-1')).rejects.toThrow(
      'probe: no vantage of the configuration is aws/eu-west-1',
    )
  })

  test('names a configuration that is not there', async () => {
    await expect(run(['package'], undefined)).rejects.toThrow("fenghuo.yml can't be read: ENOENT")
  })
})

test('sls package stops at mistakes in the configuration, and tells all of them with file, line and column', async () => {
  const { code, output } = await packageService(
    valid.replace('wecom-robot', 'wecom-robt').replace('ackTimeout: 5m', 'ackTimeout: soon').replace('http:', 'htp:'),
  )
  expect(code).toBe(1)
  expect(output).toMatch(/^fenghuo\.yml:4:18 channels\.wecom\.type: /m)
  expect(output).toMatch(/^fenghuo\.yml:7:39 policies\.default\.layers\.0\.ackTimeout: /m)
  expect(output).toMatch(/^fenghuo\.yml:14:\d+ projects\.pay\.checks\.web/m)
  expect(output).not.toContain('Service packaged')
}, 60_000)
