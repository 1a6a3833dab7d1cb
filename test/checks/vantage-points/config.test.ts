import { expect, it } from 'vitest'
import { loadConfig } from '../../../shared/config/load.ts'

const head = `
vantages: { sg: aws/ap-southeast-1 }
channels: { dingtalk: { token: "\${T}", secret: "\${S}" } }
policies: { default: { layers: [{ page: lin }] } }
`

const speedTests = `
speedTests:
  pages:
    url: https://speed.example.com/ajaxseo.aspx
    form: { guid: "{id}", host: "{host}", ishost: "1", encode: "\${ENCODE}", checktype: "1" }
    nodes:
      - { id: a-1, city: 江苏宿迁, isp: 电信 }
      - { id: b-1, city: 河南新乡, isp: 多线, degraded: 4s }
      - { id: b-2, city: 河南新乡, isp: 多线 }
`

/** A file with one check. */
function load(check: string, sections = speedTests, common = '') {
  return loadConfig(
    `${head}${sections}\n${common}\nprojects: { shop: { title: 商城, chat: [dingtalk], checks: { cn: { title: 各地, ${check} } } } }`,
    'fenghuo.yml',
  )
}

function specOf(check: string) {
  const { config, problems } = load(check)
  expect(problems).toEqual([])
  return config?.checks[0]?.spec
}

function mistakesIn(check: string, sections?: string) {
  return load(check, sections).problems.map(({ key, message }) => [
    key.replace(/^projects\.shop\.checks\.cn\.?/, ''),
    message,
  ])
}

const url = 'vantage-points: "https://www.example.com/a?b=1"'

it('asks Globalping where it is told to', () => {
  expect(
    specOf(
      `${url}, nodes: [SG, JP/Tokyo, CN/Guangzhou/AS4134, CN/AS4837, AS9808, DK/Odense/TDC Holding, { country: US, state: CA, city: Los Angeles, network: A/S, tags: [eyeball-network], probes: 3 }]`,
    ),
  ).toEqual({
    via: 'globalping',
    target: 'https://www.example.com/a?b=1',
    nodes: [
      { vantage: 'globalping/SG', location: { country: 'SG' }, probes: 1 },
      { vantage: 'globalping/JP/Tokyo', location: { country: 'JP', city: 'Tokyo' }, probes: 1 },
      {
        vantage: 'globalping/CN/Guangzhou/AS4134',
        location: { country: 'CN', city: 'Guangzhou', asn: 4134 },
        probes: 1,
      },
      { vantage: 'globalping/CN/AS4837', location: { country: 'CN', asn: 4837 }, probes: 1 },
      { vantage: 'globalping/AS9808', location: { asn: 9808 }, probes: 1 },
      {
        vantage: 'globalping/DK/Odense/TDC Holding',
        location: { country: 'DK', city: 'Odense', network: 'TDC Holding' },
        probes: 1,
      },
      {
        vantage: 'globalping/US/CA/Los Angeles/A-S/eyeball-network',
        location: { country: 'US', state: 'CA', city: 'Los Angeles', network: 'A/S', tags: ['eyeball-network'] },
        probes: 3,
      },
    ],
  })
})

it('asks a speed test from all its nodes, ids of one city and ISP together', () => {
  expect(specOf(`${url}, via: pages, degraded: 800ms, down: 5s`)).toEqual({
    via: 'speed-test',
    target: 'https://www.example.com/a?b=1',
    service: {
      url: 'https://speed.example.com/ajaxseo.aspx',
      form: { guid: '{id}', host: '{host}', ishost: '1', encode: `\${ENCODE}`, checktype: '1' },
      headers: {},
      timeoutMs: 2500,
      fields: { total: 'alltime', connect: 'conntime', download: 'downtime', dns: 'dnstime', status: 'httpstate' },
    },
    nodes: [
      { vantage: 'speedtest/江苏宿迁/电信', ids: ['a-1'], degraded: { latency: 800 }, down: { latency: 5000 } },
      { vantage: 'speedtest/河南新乡/多线', ids: ['b-1', 'b-2'], degraded: { latency: 4000 }, down: { latency: 5000 } },
    ],
  })
})

it('limits are those of the node, then of the place, then of the check', () => {
  const check =
    'via: pages, degraded: 800ms, nodes: [江苏宿迁/电信, { node: 河南新乡/多线, degraded: { latency: 2s, connect: 90ms }, down: 9s }]'
  expect(specOf(`${url}, ${check}`)).toMatchObject({
    nodes: [{ degraded: { latency: 800 } }, { degraded: { latency: 2000, connect: 90 }, down: { latency: 9000 } }],
  })
})

it('an inherited timeout is raised to what Globalping takes; its own is kept', () => {
  const timeout = (check: string) => load(check, '', 'defaults: { timeout: 3s }').config?.checks[0]?.timeoutMs
  expect([timeout(`${url}, nodes: [SG]`), timeout(`${url}, nodes: [SG], timeout: 8s`)]).toEqual([20_000, 8_000])
})

it('pings a host', () => {
  expect(specOf('vantage-points: gw.example.com:8443, nodes: [SG]')).toMatchObject({ target: 'gw.example.com:8443' })
})

it('leaves what the environment will say until then', () => {
  expect(specOf(`vantage-points: "\${SITE}", via: pages`)).toMatchObject({ target: `\${SITE}` })
})

it.each([
  ['vantage-points: "ftp://example.com", nodes: [SG]', 'vantage-points', /can't be measured: write a URL/],
  ['vantage-points: "a b", nodes: [SG]', 'vantage-points', /can't be measured/],
  ['vantage-points: "gw.example.com:70000", nodes: [SG]', 'vantage-points', /can't be measured/],
  ['vantage-points: "http://169.254.169.254/", nodes: [SG]', 'vantage-points', /metadata service/],
  [`${url}`, '', /is missing: where Globalping looks from/],
  [`${url}, nodes: []`, 'nodes', /at least 1/],
  [`${url}, nodes: [Singapore]`, 'nodes.0', /"Singapore" is no node of Globalping: write SG/],
  [`${url}, nodes: [SG, { city: Tokyo, probes: 11 }]`, 'nodes.1.probes', /at most 10/],
  [`${url}, nodes: [{ probes: 2 }]`, 'nodes.0', /says no place/],
  [`${url}, nodes: [{ node: SG, city: Tokyo }]`, 'nodes.0', /has a name and a place/],
  [`${url}, nodes: [{ country: sg }]`, 'nodes.0.country', /two capital letters/],
  [`${url}, nodes: [SG, { country: SG }]`, 'nodes.1', /globalping\/SG is there twice/],
  [`${url}, nodes: [{ network: ${'n'.repeat(50)}, city: ${'c'.repeat(50)} }]`, 'nodes.0', /over 100 characters/],
  [`${url}, nodes: [SG], degraded: 2s, down: 2s`, 'degraded', /no sooner than down at 2000ms/],
  [`${url}, nodes: [{ node: SG, degraded: 9s }], down: 2s`, 'nodes.0', /no sooner than down/],
  [`${url}, nodes: [SG], degraded: 800`, 'degraded', /800 has no unit/],
  [`${url}, nodes: [SG], token: abc`, 'token', /is a secret: write \$\{NAME\}/],
  [
    `${url}, via: page`,
    'via',
    /no speed test is named `page` \(did you mean `pages`\?\); there are: globalping, pages/,
  ],
  [`${url}, via: pages, token: "\${T}"`, 'token', /is Globalping's; pages takes none/],
  [
    `${url}, via: pages, nodes: [江苏宿迁]`,
    'nodes.0',
    /pages has no node `江苏宿迁`.*there are: 江苏宿迁\/电信, 河南新乡\/多线/,
  ],
  [`${url}, via: pages, nodes: [{ country: CN }]`, 'nodes.0', /given by its city\/isp: 江苏宿迁\/电信/],
  ['vantage-points: www.example.com, via: pages', 'vantage-points', /pages fetches: write a URL/],
])('refuses %s', (check, key, message) => {
  expect(mistakesIn(check)).toEqual([[expect.stringContaining(key), expect.stringMatching(message)]])
})

it.each([
  [
    'form: { host: "{site}" }',
    'speedTests.x.form.host',
    /\{site\} stands for nothing here: \{id\}, \{url\} and \{host\} do/,
  ],
  ['form: { ishost: 1 }', 'speedTests.x.form.ishost', /write "1" in quotes/],
  ['headers: { "a b": c }', 'speedTests.x.headers.a b', /not the name of a header/],
  ['timeout: 2.5', 'speedTests.x.timeout', /2.5 has no unit/],
  ['fields: { sum: a }', 'speedTests.x.fields.sum', /unknown key/],
  ['url: speed.example.com', 'speedTests.x.url', /is not a URL/],
  ['nodes: []', 'speedTests.x.nodes', /at least 1/],
  ['nodes: [{ id: a, city: a/b, isp: c }]', 'speedTests.x.nodes.0.city', /must not have/],
])('a speed test with %s is refused once, and its checks are not', (line, key, message) => {
  const usual: Record<string, string> = {
    url: 'url: https://speed.example.com/',
    nodes: 'nodes: [{ id: a, city: b, isp: c }]',
  }
  const lines = Object.values({ ...usual, [line.split(':', 1)[0] ?? '']: line })
  const problems = mistakesIn(`${url}, via: x`, `speedTests: { x: { ${lines.join(', ')} } }`)
  expect(problems).toEqual([[key, expect.stringMatching(message)]])
})

it('a speed test cannot be named globalping', () => {
  const entry = '{ url: https://speed.example.com/, nodes: [{ id: a, city: b, isp: c }] }'
  expect(mistakesIn(`${url}, nodes: [SG]`, `speedTests: { globalping: ${entry} }`)).toEqual([
    ['speedTests.globalping', 'globalping is there already: name it otherwise'],
  ])
})
