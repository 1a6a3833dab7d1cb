import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lastResort } from '../../../cli/doctor/last-resort.ts'
import { aliyun } from '../../../plugins/aliyun/cloud.ts'
import { writeZip } from '../../../plugins/provider/artifact.ts'
import type { Cloud, Environment } from '../../../plugins/provider/service.ts'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import { type FcSimulator, startFcSimulator } from '../../simulators/fc/simulator.ts'
import { type ScfSimulator, startScfSimulator } from '../../simulators/scf/scf.ts'
import { startWecomSimulator, type WecomSimulator } from '../../simulators/wecom-robot.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, deployed, lines, patientWith } from './patient.ts'

const config = configOf(
  fenghuoYml.replace(
    /vantages:[\s\S]*?\n(?=\w)/,
    'vantages: { sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, hz: aliyun/cn-hangzhou }\n',
  ),
)
const scfKeys = { secretId: 'AKIDexample', secretKey: 'tencent-secret' }
const fcKeys = { accountId: '1234567890123456', accessKeyId: 'LTAI5tExample', accessKeySecret: 'aliyun-secret' }
const texts = { LAST_RESORT_SMS_TO: '+8613800000001', LAST_RESORT_SMS_SIGN: 'Sign', LAST_RESORT_SMS_TEMPLATE: 'SMS_1' }
const SILENT = 'nobody is named: when no queue is reached, this probe tells no one'
const GOOD = 'wecom-robot to 1: the key is good: inferred from how a nonsense message was refused, nothing was posted'

let root: string
let scf: ScfSimulator
let fc: FcSimulator
let wecom: WecomSimulator
let env: Record<string, string>
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fenghuo-last-resort-'))
  wecom = await startWecomSimulator({ keys: ['robot-key-1'], now: Date.now })
})
beforeEach(async () => {
  writeFileSync(join(root, 'serverless.aliyun.yml'), 'service: fenghuo\nprovider: { name: aliyun }\n')
  scf = await startScfSimulator({ ...scfKeys, now: Date.now })
  fc = await startFcSimulator({ ...fcKeys, region: 'cn-hangzhou', now: Date.now })
  env = {
    HOME: root,
    TENCENTCLOUD_SECRET_ID: scfKeys.secretId,
    TENCENTCLOUD_SECRET_KEY: scfKeys.secretKey,
    ALIBABA_CLOUD_ACCOUNT_ID: fcKeys.accountId,
    ALIBABA_CLOUD_ACCESS_KEY_ID: fcKeys.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: fcKeys.accessKeySecret,
    FENGHUO_TENCENT_URL: scf.url,
    FENGHUO_ALIYUN_URL: fc.url,
    FENGHUO_WECOM_URL: wecom.url,
  }
})
afterEach(() => Promise.all([scf.close(), fc.close()]))
afterAll(async () => {
  expect(wecom.received).toEqual([])
  await wecom.close()
  rmSync(root, { recursive: true })
})

/** Makes a function there, with this environment. */
async function deploy(
  cloud: Cloud,
  region: string,
  key: string,
  environment: Environment,
  api?: string,
): Promise<void> {
  const service = { name: 'fenghuo', stage: 'prod', region, provider: { name: cloud.provider, ...(api && { api }) } }
  const files = cloud.pack({ 'index.js': Buffer.from('exports.handler = async () => 1') }, 'index.handler')
  const bytes = writeZip(files)
  const zip = join(root, `${key}.zip`)
  writeFileSync(zip, bytes)
  const runtime = cloud === tencent ? 'nodejs18.x' : 'nodejs20.x'
  const definition = { name: `fenghuo-prod-${key}`, handler: 'index.handler', runtime, environment, events: [] }
  const problems: string[] = []
  const wanted = cloud.wanted(service, { key, definition, zip, bytes, files }, ({ en }) => void problems.push(en))
  expect(problems).toEqual([])
  const around = {
    env,
    home: root,
    now: Date.now,
    readText: async () => undefined,
    random: () => 0,
    wait: async () => {},
  }
  const backend = await cloud.connect(service, around, [])
  await backend.create(cloud.unitOf(service, definition), wanted)
}

/** What is found, without the places; on AWS the probe has these variables. */
async function look(aws: Record<string, string> = {}): Promise<string[]> {
  const patient = patientWith(env, { config, root, now: Date.now, lambda: async () => deployed(aws) })
  return (await lines(lastResort, patient)).map((line) => line.replace(/ \([a-z]+\/[a-z0-9-]+\)/, ''))
}

describe('the last resort', () => {
  it('of probes that name nobody, and of one that is not deployed', async () => {
    await deploy(tencent, 'ap-guangzhou', 'uptime', { VANTAGE: 'tencent/ap-guangzhou' })
    expect(await look()).toEqual([
      `skipped sg: ${SILENT}`,
      `skipped gz: ${SILENT}`,
      'fault hz: nothing of stage prod is deployed there',
    ])
  })

  it('by every channel, each tried once and nothing sent', async () => {
    await deploy(tencent, 'ap-guangzhou', 'uptime', { LAST_RESORT_WECOM_KEY: 'robot-key-1' })
    await deploy(tencent, 'ap-guangzhou', 'latency', { LAST_RESORT_WECOM_KEY: 'robot-key-1' })
    await deploy(aliyun, 'cn-hangzhou', 'uptime', { LAST_RESORT_WECOM_KEY: 'robot-key-2', ...texts })
    expect(await look({ LAST_RESORT_WECOM_KEY: 'robot-key-1' })).toEqual([
      `ok sg: ${GOOD}`,
      `ok gz: ${GOOD}`,
      'fault hz: wecom-robot to 1: there is no such robot, application or instance: 93000 “invalid webhook url”',
      'skipped hz: aliyun-sms to 1: nothing tells without sending',
    ])
  })

  it('in an account that runs on Function Compute 2.0', async () => {
    writeFileSync(join(root, 'serverless.aliyun.yml'), 'service: fenghuo\nprovider: { name: aliyun, api: "2.0" }\n')
    await deploy(aliyun, 'cn-hangzhou', 'uptime', { LAST_RESORT_WECOM_KEY: 'robot-key-1' }, '2.0')
    expect((await look()).at(-1)).toBe(`ok hz: ${GOOD}`)
  })

  it('that only one function of several has, and one that does not go together', async () => {
    await deploy(tencent, 'ap-guangzhou', 'uptime', { LAST_RESORT_WECOM_KEY: 'robot-key-1' })
    await deploy(tencent, 'ap-guangzhou', 'latency', { VANTAGE: 'tencent/ap-guangzhou' })
    await deploy(aliyun, 'cn-hangzhou', 'uptime', { LAST_RESORT_SMS_TO: '+8613800000001' })
    const [, some, robot, wrong] = await look()
    expect([some, robot]).toEqual([
      'warning gz: fenghuo-prod-latency would tell no one, and its neighbours would',
      `ok gz: ${GOOD}`,
    ])
    expect(wrong).toMatch(
      /^fault hz: fenghuo-prod-uptime does not run: LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_/,
    )
  })

  it.each<[reason: string, env: Record<string, string>, gz: RegExp]>([
    ['without a key', { TENCENTCLOUD_SECRET_ID: '', TENCENTCLOUD_SECRET_KEY: '' }, /^skipped gz: no key here$/],
    [
      'with another key',
      { TENCENTCLOUD_SECRET_KEY: 'x' },
      /^skipped gz: can't be seen: .*AuthFailure\.SignatureFailure\)$/,
    ],
  ])('can not be seen %s', async (_reason, own, gz) => {
    Object.assign(env, own)
    expect((await look())[1]).toMatch(gz)
  })
})
