import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import { run } from './run-config.ts'

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
        handler: 'services/probe/aws.handler',
        environment: { FENGHUO_CONFIG: '.build/config/probe.json', VANTAGE: 'aws/ap-southeast-1', SITE_KEY: 'site' },
        package: {
          patterns: [
            '!services/probe/aws.*.js',
            'services/probe/aws.read-stored.js',
            'services/probe/aws.last-resort.js',
            'services/probe/aws.wecom-robot.last-resort.js',
            'services/probe/aws.smtp.last-resort.js',
            'services/probe/aws.certificate-fault.js',
            'services/probe/aws.wide-context.js',
            'services/probe/aws.repair-head.js',
            'services/probe/aws.redirect.js',
            'services/probe/aws.http2-exchange.js',
            '.build/config/probe.json',
          ],
        },
      },
      page: {
        handler: 'services/page/aws.handler',
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
    expect(functions.page?.environment).not.toHaveProperty('WECOM_KEY')
    const refusal = 'Not deployed:\nWECOM_KEY is not set, and fenghuo.yml needs it for page'
    await expect(run(['deploy'], valid)).rejects.toThrow(refusal)
    await expect(run(['deploy', 'function'], valid)).rejects.toThrow(refusal)
  })

  test('a package without a variable says so, and its deployment is refused', async () => {
    vi.stubEnv('WECOM_KEY', '')
    const { custom } = await run(['package'], valid)
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-config-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'serverless-state.json'), JSON.stringify({ service: { custom } }))
    vi.stubEnv('WECOM_KEY', 'robot')
    const { plugin } = await run(['package'], valid, undefined, undefined, [], folder)
    await expect(plugin.hooks['before:deploy:deploy']?.()).rejects.toThrow(
      'Not deployed, for when this was packaged\nWECOM_KEY is not set, and fenghuo.yml needs it for page',
    )
    vi.stubEnv('FENGHUO_LANGUAGE', 'zh')
    await expect(plugin.hooks['before:deploy:deploy']?.()).rejects.toThrow(
      '没有部署，因为打包时：\n没有设置 WECOM_KEY，而 fenghuo.yml 的 page 需要它',
    )
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

  test('refuses a parameter that nothing has, which the framework would let pass', async () => {
    const params = ['alarmEmial=a@example.com', 'config=fenghuo.yml']
    await expect(run(['package'], valid, undefined, undefined, params)).rejects.toThrow(
      'there is no parameter alarmEmial (did you mean `alarmEmail`?)\nThere are config, alarmEmail',
    )
    await run(['package'], valid, undefined, undefined, ['alarmEmail=a@example.com'])
  })

  test('names a configuration that is not there', async () => {
    await expect(run(['package'], undefined)).rejects.toThrow("fenghuo.yml can't be read: ENOENT")
  })

  test.each([
    { language: 'en', said: /^Mistakes in fenghuo\.yml:\nfenghuo\.yml:\d+:\d+ .*nobody/ },
    { language: 'zh', said: /^fenghuo\.yml 有误：\nfenghuo\.yml:\d+:\d+ .*\p{Script=Han}/u },
  ])('a mistake stops it, told in the language of the terminal: $language', async ({ language, said }) => {
    vi.stubEnv('FENGHUO_LANGUAGE', language)
    await expect(run(['package'], valid.replace('chat: [wecom]\n', 'chat: [nobody]\n'))).rejects.toThrow(said)
  })
})

describe('probes of several functions, clouds and regions', () => {
  const everywhere = `
vantages: { gz: tencent/ap-guangzhou, sh: tencent/ap-shanghai, hz: aliyun/cn-hangzhou }
channels: { wecom: { type: wecom-robot, key: key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
kafka:
  orders: { type: ckafka, region: ap-guangzhou }
  msk: { type: kafka, brokers: [b-1.example.com:9098] }
projects:
  pay:
    title: 支付
    chat: [wecom]
    checks:
      web: { title: 收银台, http: https://pay.example.com/healthz }
      inside: { title: 内网, tcp: 10.0.0.1:80, from: [gz] }
      orders: { title: 订单, kafka-lag: orders/order-consumer, from: [gz] }
      clicks: { title: 点击, kafka-lag: msk/click-sink, from: [gz] }
      cities: { title: 各地, vantage-points: https://pay.example.com/, via: globalping, nodes: [{ country: CN }], from: [hz] }
`
  const probes = (vantage: string): Record<string, FunctionDefinition> => {
    const cloud = vantage.split('/')[0]
    const probe = (name: string, checks: string) => ({
      handler: `services/probe/${cloud}.handler`,
      checks,
      environment: { FENGHUO_CONFIG: `.build/config/${name}.json`, VANTAGE: vantage },
    })
    return {
      uptime: probe('uptime', 'uptime'),
      latency: probe('latency', 'latency'),
      kafka: probe('kafka', 'kafka'),
    }
  }
  const runAt = (vantage: string) => run(['package'], everywhere, vantage, probes(vantage))

  test('each function has its kinds of checks of its own place, and what those load', async () => {
    const { functions, notices, compiled } = await runAt('tencent/ap-guangzhou')
    const ids = async (name: string) => (await compiled(name)).checks.map((check: { id: string }) => check.id)
    expect(await ids('uptime')).toEqual(['pay/web', 'pay/inside'])
    expect(await ids('kafka')).toEqual(['pay/orders', 'pay/clicks'])
    expect(functions.kafka?.package?.patterns).toEqual([
      '!services/probe/tencent.*.js',
      'services/probe/tencent.last-resort.js',
      'services/probe/tencent.wecom-robot.last-resort.js',
      'services/probe/tencent.tencent-sms.last-resort.js',
      'services/probe/tencent.smtp.last-resort.js',
      'services/probe/tencent.kafka-lag.js',
      'services/probe/tencent.kafka-parts.js',
      'services/probe/tencent.ckafka.js',
      'services/probe/tencent.protocol.js',
      '.build/config/kafka.json',
    ])
    expect(Object.keys(functions)).toEqual(['uptime', 'kafka'])
    expect(notices).toEqual(['latency is left out: tencent/ap-guangzhou has no check of vantage-points'])
  })

  test('another region of the same cloud has its own', async () => {
    const { functions, compiled } = await runAt('tencent/ap-shanghai')
    expect(Object.keys(functions)).toEqual(['uptime'])
    expect((await compiled('uptime')).checks).toMatchObject([{ id: 'pay/web', from: ['tencent/ap-shanghai'] }])
  })

  test('another cloud has its own', async () => {
    const { functions } = await runAt('aliyun/cn-hangzhou')
    expect(functions.latency?.package?.patterns).toContain('services/probe/aliyun.vantage-points.js')
    expect(Object.keys(functions)).toEqual(['uptime', 'latency'])
  })

  test('a region that no vantage names is refused, with those that there are', async () => {
    await expect(runAt('tencent/ap-beijing')).rejects.toThrow(
      'uptime: no vantage of the configuration is tencent/ap-beijing; there are: tencent/ap-guangzhou, tencent/ap-shanghai, aliyun/cn-hangzhou',
    )
  })

  test('a deployment with nothing to run is refused', async () => {
    const { uptime: _, ...others } = probes('tencent/ap-shanghai')
    await expect(run(['package'], everywhere, 'tencent/ap-shanghai', others)).rejects.toThrow(
      'There is nothing to run:\nlatency is left out: tencent/ap-shanghai has no check of vantage-points\n' +
        'kafka is left out: tencent/ap-shanghai has no check of kafka-lag',
    )
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.stubEnv('FENGHUO_LANGUAGE', 'zh')
    const { uptime: __, ...same } = probes('tencent/ap-shanghai')
    await expect(run(['package'], everywhere, 'tencent/ap-shanghai', same)).rejects.toThrow(
      '没有可运行的：\n略去 latency：tencent/ap-shanghai 没有 vantage-points 检查\n',
    )
  })

  test('what the provider gives to all functions counts, and an empty value stops a deployment', async () => {
    const { warnings, functions } = await runAt('tencent/ap-shanghai')
    expect(warnings).toEqual(["This package can't be deployed:\nVANTAGE_CITY of uptime has no value"])
    expect(functions.uptime?.environment).not.toHaveProperty('REPORTS_URL')
  })

  test('a probe that posts its reports needs where to, and neither queue nor key of AWS', async () => {
    const posting = everywhere.replace(
      'sh: tencent/ap-shanghai',
      `sh: { at: tencent/ap-shanghai, reportKeys: ["\${SH_KEY}"] }`,
    )
    vi.stubEnv('SH_KEY', 'secret')
    onTestFinished(() => void vi.unstubAllEnvs())
    const own = probes('tencent/ap-shanghai')
    Object.assign(own.uptime?.environment ?? {}, { EVENTS_QUEUE_URL: '', AWS_ACCESS_KEY_ID: '' })
    const { warnings, functions } = await run(['package'], posting, 'tencent/ap-shanghai', own)
    expect(warnings.join()).toContain('REPORTS_URL of uptime has no value: set FENGHUO_REPORTS_URL')
    expect(warnings.join()).not.toContain('EVENTS_QUEUE_URL')
    expect(functions.uptime?.environment).toMatchObject({ SH_KEY: 'secret' })
    expect(functions.uptime?.environment).not.toHaveProperty('EVENTS_QUEUE_URL')
  })

  test('last-resort recipients come from where the packaging runs, and mistakes in them stop it', async () => {
    vi.stubEnv('LAST_RESORT_WECOM_KEY', 'robot')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { functions } = await runAt('tencent/ap-shanghai')
    expect(functions.uptime?.environment).toMatchObject({ LAST_RESORT_WECOM_KEY: 'robot' })
    vi.stubEnv('LAST_RESORT_SMS_TO', '+8613800000001')
    await expect(runAt('tencent/ap-shanghai')).rejects.toThrow(
      'uptime: LAST_RESORT_SMS_TO is set, and LAST_RESORT_SMS_SIGN is not',
    )
  })

  test('a function that is neither a probe nor one of ours is refused', async () => {
    const stray = { handler: 'services/stray/aws.handler', environment: { FENGHUO_CONFIG: 'a.json' } }
    await expect(run(['package'], everywhere, 'aws/eu-west-1', { stray })).rejects.toThrow(
      'stray: no function of this name carries a configuration',
    )
  })
})
