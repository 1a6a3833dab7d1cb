import { expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { fenghuoYml } from '../cli/terminal.ts'

const load = (text: string) => loadConfig(`${fenghuoYml}inhibit:\n  rack: ${text}\n`, 'fenghuo.yml')

it('a rule is read with its sides and what they have to have alike', () => {
  const { config, problems } = load(
    '{ source: [alertname=SwitchDown], target: ["severity=~warning|error"], equal: [rack] }',
  )

  expect(problems).toEqual([])
  expect(config?.inhibit).toEqual({
    rack: {
      source: [[{ name: 'alertname', is: '=', value: 'SwitchDown' }]],
      target: [[{ name: 'severity', is: '=~', value: 'warning|error' }]],
      equal: ['rack'],
    },
  })
})

it.each([
  ['{ source: [web], target: [key=a] }', '"web" is no matcher'],
  ['{ source: [key=a] }', 'is missing: a list'],
  ['{ source: ["key=~.*"], target: ["key=~.*"] }', 'any incident would keep all others quiet'],
  ['{ source: [key=a], target: [key=b], equals: [rack] }', 'unknown key (did you mean `equal`?)'],
])('%s is refused', (text, told) => {
  expect(load(text).problems.map((problem) => problem.message)).toEqual([expect.stringContaining(told)])
})
