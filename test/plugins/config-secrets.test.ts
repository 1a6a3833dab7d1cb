import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import ConfigPlugin from '../../plugins/config/index.ts'

const SENTINEL = 'nobody-may-read-this-in-a-template'

/** A vantage on each cloud, with a check that has a secret, and reports that are signed with another. */
const config = (way: 'post' | 'queue') => `
vantages:
  here: ${way === 'post' ? '{ at: CLOUD/REGION, reportKeys: ["${REPORT_KEY}"] }' : 'CLOUD/REGION'}
policies:
  default: { layers: [{ page: lin }], channels: { critical: [chat] } }
channels: { ops: { type: wecom-robot, key: "\${ROBOT_KEY}" } }
projects:
  pay:
    title: Pay
    chat: [ops]
    checks:
      web: { title: Web, http: https://pay.example.com/healthz, headers: { X-Key: "\${SITE_KEY}" } }
`

/** Packages a probe as the framework does, and what stands in the template of it. */
async function packaged(cloud: string, region: string, way: 'post' | 'queue', secrets: string) {
  const serviceDir = await mkdtemp(join(tmpdir(), 'fenghuo-config-'))
  onTestFinished(() => rm(serviceDir, { recursive: true }))
  for (const folder of ['services', 'shared']) await mkdir(join(serviceDir, folder))
  await writeFile(join(serviceDir, 'package.json'), '{ "version": "0.1.0" }')
  await writeFile(join(serviceDir, 'fenghuo.yml'), config(way).replaceAll('CLOUD/REGION', `${cloud}/${region}`))
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const name of ['REPORT_KEY', 'SITE_KEY', 'ROBOT_KEY']) vi.stubEnv(name, SENTINEL)
  const sender = way === 'queue' && cloud !== 'aws'
  const environment = {
    ...(sender ? { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: SENTINEL } : {}),
    REPORTS_URL: way === 'post' ? 'https://reports.example.com' : '',
  }
  const functions: Record<string, FunctionDefinition> = {
    uptime: {
      handler: `services/probe/${cloud}.handler`,
      environment: { FENGHUO_CONFIG: '.build/uptime.json', VANTAGE: `${cloud}/${region}` },
    },
  }
  if (cloud === 'aws') {
    functions.page = { handler: 'services/page/aws.handler', environment: { FENGHUO_CONFIG: '.build/page.json' } }
    functions.ingest = { handler: 'services/ingest/aws.handler', environment: { FENGHUO_CONFIG: '.build/ingest.json' } }
  }
  const service = {
    service: 'fenghuo',
    provider: { name: cloud, region, stage: 'prod', role: 'fenghuo-probe', environment },
    functions,
    custom: { config: 'fenghuo.yml', secrets, secretsPath: cloud === 'aws' ? '/fenghuo/prod' : 'fenghuo-prod' },
  }
  const notices: string[] = []
  const plugin = new ConfigPlugin(
    {
      serviceDir,
      processedInput: { commands: ['package'] },
      configurationInput: {},
      service,
      configSchemaHandler: { defineFunctionProperties: () => {} },
      classes: { Error: class extends Error {} },
      getProvider: () => {
        throw new Error('nobody is asked')
      },
    },
    {},
    { log: { warning: () => {}, notice: (text) => notices.push(text) } },
  )
  await plugin.hooks['before:package:initialize']?.()
  return { template: JSON.stringify(service), uptime: functions.uptime, notices }
}

const clouds = [
  { cloud: 'aws', region: 'ap-southeast-1', secrets: 'ssm', under: '/fenghuo/prod' },
  { cloud: 'tencent', region: 'ap-guangzhou', secrets: 'ssm', under: 'fenghuo-prod-' },
  { cloud: 'aliyun', region: 'cn-hangzhou', secrets: 'kms', under: 'fenghuo-prod-' },
]
const ways = clouds.flatMap((one) => (['post', 'queue'] as const).map((way) => ({ ...one, way })))

test.each(ways)('no template of $cloud has a secret where a store keeps them: $way', async (one) => {
  const { template, uptime, notices } = await packaged(one.cloud, one.region, one.way, one.secrets)

  expect(template).not.toContain(SENTINEL)
  expect(uptime?.environment).toMatchObject({ FENGHUO_SECRETS: one.under })
  expect(uptime?.package?.patterns).toContain(`services/probe/${one.cloud}.read-stored.js`)
  expect(notices.join()).toContain(one.way === 'post' ? 'REPORT_KEY' : 'SITE_KEY')
  expect(notices.join()).toContain(one.way === 'queue' && one.cloud !== 'aws' ? 'AWS_SECRET_ACCESS_KEY' : 'SITE_KEY')
})

test.each(clouds)('they stand there on $cloud where no store does', async ({ cloud, region }) => {
  const { template, uptime } = await packaged(cloud, region, 'post', 'environment')

  expect(template).toContain(SENTINEL)
  expect(uptime?.environment).not.toHaveProperty('FENGHUO_SECRETS')
})

test('a store that the cloud does not have is refused, with what there is', async () => {
  await expect(packaged('aliyun', 'cn-hangzhou', 'post', 'ssm')).rejects.toThrow(
    'uptime: secrets is ssm: it is kms or environment',
  )
})
