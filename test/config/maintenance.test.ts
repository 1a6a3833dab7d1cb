import { expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import type { Matchers } from '../../shared/contracts/matcher.ts'
import { compileMatchers } from '../../shared/incidents/pause/matcher.ts'
import { whenDown } from '../../shared/incidents/pause/when-down.ts'
import { fenghuoYml } from '../cli/terminal.ts'

const load = (text: string) => loadConfig(`${fenghuoYml}maintenance:\n  upgrade: ${text}\n`, 'fenghuo.yml')

it('maintenance is read with its windows, and compiled with its time zone', () => {
  const { config, problems } = load('{ match: [project=pay, check=~"w.*"], during: "Sun 02:00-04:00" }')

  expect(problems).toEqual([])
  expect(config?.maintenance).toEqual({
    upgrade: {
      match: [
        [
          { name: 'project', is: '=', value: 'pay' },
          { name: 'check', is: '=~', value: 'w.*' },
        ],
      ],
      when: { during: ['Sun 02:00-04:00'] },
      timezone: 'Asia/Shanghai',
    },
  })
})

it('once, with several groups, in a zone of its own', () => {
  const text = '{ match: [[project=pay], [project=shop]], from: 2026-12-05 02:00, to: 2026-12-05 04:00, timezone: UTC }'

  expect(load(text).config?.maintenance?.upgrade).toMatchObject({
    match: [[{ value: 'pay' }], [{ value: 'shop' }]],
    when: { from: '2026-12-05 02:00', to: '2026-12-05 04:00' },
    timezone: 'UTC',
  })
})

const head = `vantages: { sg: aws/ap-southeast-1 }
policies: { default: { layers: [{ page: chen, ackTimeout: 5m }], channels: { critical: [email] } } }
channels: { email: { type: smtp, host: mail.example.com, port: 465, from: a@example.com } }
`

it('of a tree of checks, from its root up, whatever project they are of', () => {
  const { config, problems } = loadConfig(
    `${head}projects:
  net:
    checks:
      gateway: { http: https://gw.example.com }
      apart: { http: https://apart.example.com }
  pay:
    checks:
      web: { http: https://pay.example.com, dependsOn: net/gateway }
      login: { http: https://login.example.com, dependsOn: web }
maintenance:
  network: { match: [check=gateway], dependents: true, during: "Sun 02:00-04:00" }
  alone: { match: [check=gateway], during: "Sun 02:00-04:00" }
`,
    'fenghuo.yml',
  )
  const { network, alone } = config?.maintenance ?? {}
  const during = (match: Matchers = []) =>
    config?.checks.filter((check) => compileMatchers(match)(whenDown(check))).map(({ id }) => id)

  expect(problems).toEqual([])
  expect(during(network?.match)).toEqual(['net/gateway', 'pay/web', 'pay/login'])
  expect(during(alone?.match)).toEqual(['net/gateway'])
})

it('of checks that depend on each other in a circle: the circle is what is refused', () => {
  const checks = 'a: { http: https://a.example.com, dependsOn: b }, b: { http: https://b.example.com, dependsOn: a }'
  const { problems } = loadConfig(
    `${head}projects: { pay: { checks: { ${checks} } } }\nmaintenance: { x: { match: [check=a], dependents: true, during: "Sun" } }\n`,
    'fenghuo.yml',
  )

  expect(problems.map(({ message }) => message)).toEqual([
    'pay/a depends on itself in a circle',
    'pay/b depends on itself in a circle',
  ])
})

it.each([
  ['{ match: [web], during: "Sun" }', '"web" is no matcher'],
  ['{ match: ["team=~("], during: "Sun" }', '"(" is no regular expression: missing closing )'],
  ['{ match: ["team=~.*"], during: "Sun" }', 'it matches everything'],
  ['{ match: [project=pay] }', 'say when: `during`, or `from` and `to`'],
  ['{ match: [project=pay], during: "Sun", from: 2026-12-05 02:00, to: 2026-12-05 04:00 }', 'say when'],
  ['{ match: [project=pay], from: 2026-12-05 02:00, to: 2026-12-05 02:00 }', 'before it begins'],
  ['{ match: [project=pay], during: "Someday" }', '"Someday" is no window'],
])('%s is refused', (text, told) => {
  expect(load(text).problems.map((problem) => problem.message)).toEqual([expect.stringContaining(told)])
})

it('a policy may raise what nobody takes; nothing is above the worst', () => {
  const raise = (of: string) =>
    loadConfig(fenghuoYml.replace('    channels: {', `    raiseAfter: { ${of} }\n    channels: {`), 'fenghuo.yml')

  expect(raise('error: 30m, info: 4h').config?.policies.default?.raiseAfterMs).toEqual({
    error: 1_800_000,
    info: 14_400_000,
  })
  expect(raise('critical: 30m').problems).toHaveLength(1)
  expect(raise('error: 10s').problems).toHaveLength(1)
})

it('a policy may hold back what is not critical', () => {
  const hold = (of: string) =>
    loadConfig(fenghuoYml.replace('    channels: {', `    hold: { ${of} }\n    channels: {`), 'fenghuo.yml')

  expect(hold('warning: "22:00-09:00"').config?.policies.default?.hold).toEqual({ warning: ['22:00-09:00'] })
  expect(hold('critical: "22:00-09:00"').problems).toHaveLength(1)
})

it('a policy may want several to take an incident, all of whom its layers page', () => {
  const wants = (of: string) =>
    loadConfig(fenghuoYml.replace('    channels: {', `    acknowledgements: ${of}\n    channels: {`), 'fenghuo.yml')

  expect(wants('[chen, sre]').config?.policies.default?.acknowledgements).toEqual(['chen', 'sre'])
  expect(wants('[nobody]').problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('nobody has to take an incident, and no layer pages it'),
  ])
  expect(wants('1').problems).toHaveLength(1)
})
