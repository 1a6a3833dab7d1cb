import { expect, it } from 'vitest'
import { cast } from '../../cli/drill/cast.ts'
import { check, fenghuoYml, oncallYml, robots } from '../../cli/drill/files.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { loadOnCall } from '../../shared/config/oncall-file.ts'
import { references } from '../../shared/contracts/references.ts'

const oncall = loadOnCall(oncallYml(cast), 'oncall.yml')
const { config, problems } = loadConfig(fenghuoYml('http://127.0.0.1:9/', cast), 'fenghuo.yml', oncall.directory)

it('both files are valid', () => {
  expect([...problems, ...oncall.problems]).toEqual([])
})

it('one check, a layer for each player who is called once, and every channel at once', () => {
  expect(config?.checks.map(({ id, project, confirm }) => ({ id, project, confirm }))).toEqual([
    { ...check, confirm: { m: 2, n: 2 } },
  ])
  expect(config?.policies.default).toMatchObject({
    layers: cast.map(({ contact }) => ({ page: [contact], calls: 1, ackTimeoutMs: 60_000 })),
    rounds: 1,
    channels: { critical: ['phone', 'sms', 'email', 'chat'] },
  })
  expect(config?.projects.drill?.chat).toEqual(robots)
})

it('every channel lacks a credential, so that none can reach anybody', () => {
  for (const channel of Object.values(config?.channels ?? {})) {
    expect(references(channel.settings), channel.name).not.toEqual([])
  }
})
