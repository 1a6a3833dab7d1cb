import { expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
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
