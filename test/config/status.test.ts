import { expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'

const base = `
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
projects:
  pay:
    title: 支付
    chat: [wecom]
    checks:
      web: { title: 收银台, http: https://pay.example.com/ }
      api: { title: 接口, http: https://pay.example.com/api }
`
const files = (name: string, encoding?: string) => {
  if (name === 'large.png') return Buffer.alloc(70_000).toString('base64')
  if (name !== 'logo.svg' || encoding !== 'base64') throw Object.assign(new Error('none'), { code: 'ENOENT' })
  return Buffer.from('<svg/>').toString('base64')
}
const load = (status: string) => loadConfig(`${base}status: ${status}\n`, 'fenghuo.yml', undefined, files)
const web = '{ title: Checkout, checks: [pay/web] }'

it('a page is compiled with its checks, both languages and its image, for whoever serves it', () => {
  const { config, problems } = load(
    `{ pay: { title: { zh: 示例, en: Example }, logo: logo.svg, token: "\${STATUS_TOKEN}", components: { web: ${web}, all: { title: 支付, checks: [pay, pay/web] } } } }`,
  )
  expect(problems).toEqual([])
  if (config === undefined) return expect.unreachable()
  expect(compileFor('console', config).status).toEqual({
    pay: {
      title: { zh: '示例', en: 'Example' },
      languages: ['zh', 'en'],
      logo: `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`,
      token: '${STATUS_TOKEN}',
      components: {
        web: { title: { zh: 'Checkout', en: 'Checkout' }, checks: ['pay/web'] },
        all: { title: { zh: '支付', en: '支付' }, checks: ['pay/web', 'pay/api'] },
      },
    },
  })
  expect(compileFor('page', config).status?.pay).not.toHaveProperty('token')
  for (const fn of ['evaluate', 'ingest', 'acknowledge'] as const) expect(compileFor(fn, config).status).toBeUndefined()
})

it('incidents are told of by themselves only where that is written, after five minutes unless it says otherwise', () => {
  const of = (more: string) => load(`{ p: { title: P, components: { web: ${web} }${more} } }`).config?.status?.p
  expect(of('')).not.toHaveProperty('automaticAfterMs')
  expect(of(', incidents: automatic')).toMatchObject({ automaticAfterMs: 300_000 })
  expect(of(', incidents: automatic, after: 0s')).toMatchObject({ automaticAfterMs: 0 })
})

it('a copy is for watch, without the token that it has no use for, and its page is where the console is', () => {
  const copy = '{ bucket: example-status, region: eu-west-1, prefix: pay/ }'
  const { config, problems } = loadConfig(
    `${base}console: { url: https://oncall.example.com/, access: [{ role: viewer, tokens: ["\${T}"] }] }\nstatus: { p: { title: P, copy: ${copy}, components: { web: ${web} } } }\n`,
    'fenghuo.yml',
  )
  expect(problems).toEqual([])
  if (config === undefined) return expect.unreachable()
  expect(compileFor('watch', config).status?.p).toMatchObject({
    url: 'https://oncall.example.com/status/p',
    copy: { bucket: 'example-status', region: 'eu-west-1', prefix: 'pay/' },
  })
  expect(compileFor('console', config).status?.p).not.toHaveProperty('copy')
  const secret = load(`{ p: { title: P, token: "\${T}", components: { web: ${web} } } }`).config
  expect(secret && compileFor('watch', secret).status?.p).not.toHaveProperty('token')
})

it('a copy in another cloud is signed by the usual variables of that cloud, or by those that are named', () => {
  const of = (copy: string) => load(`{ p: { title: P, copy: ${copy}, components: { web: ${web} } } }`).config?.status?.p
  expect(of('{ cloud: aliyun, bucket: example-status, region: cn-hangzhou }')).toMatchObject({
    copy: {
      store: {
        cloud: 'aliyun',
        keyId: '${ALIBABA_CLOUD_ACCESS_KEY_ID}',
        keySecret: '${ALIBABA_CLOUD_ACCESS_KEY_SECRET}',
      },
    },
  })
  const named = '{ cloud: tencent, bucket: status-125, region: ap-guangzhou, keyId: "${ID}", keySecret: "${KEY}" }'
  expect(of(named)).toMatchObject({ copy: { store: { cloud: 'tencent', keyId: '${ID}', keySecret: '${KEY}' } } })
  expect(of('{ bucket: example-status, region: eu-west-1 }')?.copy).not.toHaveProperty('store')
})

it.each([
  ['aliyun', 'cn-hangzhou-finance'],
  ['aliyun', 'cn-shanghai-finance-1'],
  ['aliyun', 'cn-north-2-gov-1'],
  ['aliyun', 'rg-china-mainland'],
  ['tencent', 'ap-shanghai-fsi'],
])('a copy may stand at %s in the region %s', (cloud, region) => {
  const copy = `{ cloud: ${cloud}, bucket: status-125, region: ${region} }`
  const { config, problems } = load(`{ p: { title: P, copy: ${copy}, components: { web: ${web} } } }`)
  expect([problems, config?.status?.p?.copy?.region]).toEqual([[], region])
})

it('updates go by what a page says, and webhooks need no server of mail', () => {
  const { config, problems } = load(`{ p: { title: P, subscribe: [webhook, webhook], components: { web: ${web} } } }`)
  expect(problems).toEqual([])
  expect(config && compileFor('page', config).status?.p).toMatchObject({ subscribe: ['webhook'] })
})

it.each<[why: string, page: string, key: string, said: RegExp]>([
  ['without components', '{ title: P }', 'status.p', /has no `components`: name what outsiders use/],
  ['with none', '{ title: P, components: {} }', 'status.p.components', /has no `components`/],
  [
    'of a check that there is not',
    '{ title: P, components: { web: { title: W, checks: [pay/wep] } } }',
    'status.p.components.web.checks.0',
    /no check or project with checks is named `pay\/wep`/,
  ],
  ['that nobody can read', `{ title: "  ", components: { web: ${web} } }`, 'status.p.title', /./],
  ['with a token in the file', `{ title: P, token: abc, components: { web: ${web} } }`, 'status.p.token', /reference/],
  [
    'with an image that is not there',
    `{ title: P, logo: no.png, components: { web: ${web} } }`,
    'status.p.logo',
    /no such file/,
  ],
  [
    'with a large image',
    `{ title: P, logo: large.png, components: { web: ${web} } }`,
    'status.p.logo',
    /69 kB.*at most 64 kB/,
  ],
  ['with no image', `{ title: P, logo: a.pdf, components: { web: ${web} } }`, 'status.p.logo', /is no image/],
  [
    'that waits for nothing',
    `{ title: P, after: 5m, components: { web: ${web} } }`,
    'status.p.after',
    /no effect without `incidents: automatic`/,
  ],
  [
    'that lets nobody in, with a copy that does',
    `{ title: P, token: "\${T}", copy: { bucket: example-status, region: eu-west-1 }, components: { web: ${web} } }`,
    'status.p.copy',
    /a copy is read without a token/,
  ],
  [
    'with a copy in no region',
    `{ title: P, copy: { bucket: example-status, region: eu-west-9 }, components: { web: ${web} } }`,
    'status.p.copy.region',
    /no region of AWS/,
  ],
  [
    'with a copy in no bucket',
    `{ title: P, copy: { bucket: Example.Status, region: eu-west-1 }, components: { web: ${web} } }`,
    'status.p.copy.bucket',
    /no bucket/,
  ],
  [
    'with a copy in no region of Alibaba Cloud',
    `{ title: P, copy: { cloud: aliyun, bucket: b-1, region: oss-cn-hangzhou }, components: { web: ${web} } }`,
    'status.p.copy.region',
    /no region of Alibaba Cloud, such as cn-hangzhou/,
  ],
  [
    'with a copy in no region of AWS',
    `{ title: P, copy: { bucket: b-1, region: cn-hangzhou }, components: { web: ${web} } }`,
    'status.p.copy.region',
    /no region of AWS/,
  ],
  [
    'with a copy in COS without an APPID',
    `{ title: P, copy: { cloud: tencent, bucket: example-status, region: ap-guangzhou }, components: { web: ${web} } }`,
    'status.p.copy.bucket',
    /lacks the APPID .* example-status-1250000000/,
  ],
  [
    'with a key for S3',
    `{ title: P, copy: { bucket: b-1, region: eu-west-1, keyId: "\${K}" }, components: { web: ${web} } }`,
    'status.p.copy.keyId',
    /no effect with S3/,
  ],
  [
    'with a key in the file',
    `{ title: P, copy: { cloud: aliyun, bucket: b-1, region: cn-hangzhou, keySecret: abc }, components: { web: ${web} } }`,
    'status.p.copy.keySecret',
    /a key stands in no file/,
  ],
  [
    'with mail that nobody sends',
    `{ title: P, subscribe: [mail], components: { web: ${web} } }`,
    'status.p.subscribe',
    /needs a server of mail: write `channels.email`/,
  ],
  ['with a key that is not known', `{ title: P, componets: {} }`, 'status.p.componets', /did you mean/],
])('a page %s is refused', (_, page, key, said) => {
  const { problems } = load(`{ p: ${page} }`)
  const found = problems.find((one) => one.key === key)
  expect(found?.message).toMatch(said)
  expect(found?.zh).toMatch(/[\u4e00-\u9fff]/)
})
