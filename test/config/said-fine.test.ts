import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { loadOnCall } from '../../shared/config/oncall-file.ts'
import { channels, check, http, itTellsProblems, valid } from './spoilt.ts'

describe('what looks like a configuration and can not be meant', () => {
  itTellsProblems([
    [
      'a quorum of more vantages than look',
      'projects',
      check(`${http}, quorum: ‸9`),
      ['projects.pay.checks.web.quorum', "a `quorum` of 9 can't be met: one vantage looks at it"],
    ],
    [
      'the same, inherited',
      'projects',
      valid.projects.replace('    title: 支付', '    title: 支付\n    quorum: 2').replace('{ web:', '{ ‸web:'),
      ['projects.pay.checks.web', "a `quorum` of 2 can't be met: one vantage looks at it"],
    ],
    [
      'a host that stands for many',
      'projects',
      check('http: ‸"https://*.example.com/"'),
      ['projects.pay.checks.web.http', '*.example.com stands for many hosts: name one of them'],
    ],
    [
      "a robot's whole address as its key",
      'channels',
      channels('ops: { type: wecom-robot, key: ‸"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f1e" }'),
      ['channels.ops.key', 'is a whole address: write only what stands in it behind the `=`'],
    ],
    [
      'a merge key',
      'projects',
      check(`${http}, ‸<<: { timeout: 2s }`),
      ['projects.pay.checks.web.<<', 'merge keys are not read: checks inherit from their project and from `defaults`'],
    ],
  ])

  it.each([
    ['GBK', Buffer.from([0xd6, 0xa7, 0xb8, 0xb6]).toString('utf8')],
    ['UTF-16', Buffer.from('支付a', 'utf16le').toString('utf8')],
  ])('a file in %s is one mistake, where it begins', (_, title) => {
    const text = Object.values(valid).join('\n').replace('支付', title)
    const { config, problems } = loadConfig(text, 'fenghuo.yml')
    expect(config).toBeUndefined()
    expect(problems).toMatchObject([{ line: 13, message: expect.stringContaining('is not UTF-8 from here on') }])
  })

  it.each([
    ['in front of more of its mapping', 'projects:\n  pay:\n    title：支付\n    severity: error\n', 3, 10],
    ['at the end', 'projects:\n  pay:\n    severity: error\n    title：支付\n', 4, 10],
  ])('a full-width colon %s is named', (_, text, line, column) => {
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems).toContainEqual(
      expect.objectContaining({
        line,
        column,
        message: 'a full-width colon （：）: YAML wants `: `, a colon and a space',
      }),
    )
  })

  it('a full-width colon inside { } is the only thing that is told of its section', () => {
    const text = 'projects:\n  pay:\n    checks:\n      web: { http：https://pay.example.com/, interval: 7s }\n'
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems).toMatchObject([{ line: 4, column: 18, message: expect.stringContaining('a full-width colon') }])
  })

  it('a key that is indented otherwise than its neighbours is told in our words', () => {
    const text = 'policies:\n  default:\n   rounds: 2\n    repeatEvery: 30m\n'
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems.map(({ line, message }) => [line, message])).toContainEqual([
      4,
      expect.stringContaining('number of spaces'),
    ])
  })

  it('a title that is not indented is the last key of which is told: behind it the parser makes up keys', () => {
    const text =
      'projects:\n  pay:\n    web:\n    title: 收银台\n      http: https://pay.example.com/\n      interval: 1m\n'
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems[0]).toMatchObject({ key: 'projects.pay.title', line: 5 })
    expect(problems.filter(({ key }) => /\s/.test(key ?? ''))).toEqual([])
  })

  it('what is not indented is told to belong to the empty key above it', () => {
    const text = 'projects:\n  pay:\n    checks:\n    web: { http: "https://example.com/" }\n'
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems.find(({ key }) => key === 'projects.pay.web')?.message).toContain(
      'if it belongs to `checks`, indent it below that',
    )
  })

  it('thousands of aliases are one mistake, and soon told', () => {
    const checks = Array.from({ length: 5_000 }, (_, n) => `      c${n}: *usual`).join('\n')
    const text = `projects:\n  pay:\n    checks:\n      first: &usual { http: "https://example.com/" }\n${checks}\n`
    const { problems } = loadConfig(text, 'fenghuo.yml')
    expect(problems).toMatchObject([{ line: 205, message: expect.stringContaining('more than 200 aliases') }])
  })
})

describe('what is meant', () => {
  const file = (handoff: string, from: string) => `contacts:
  lin: { name: 林悦, phone: "+8613800000001" }
schedules:
  sre: { rotation: [lin], handoff: ${handoff}, timezone: Asia/Shanghai, start: 2026-11-23 }
overrides: [{ schedule: sre, contact: lin, from: ${from}, to: 2026-12-07 10:00 }]
`
  it.each([
    ['9:00', '2026-12-05 8:30', '09:00', '2026-12-05 08:30'],
    ['Mon 9:00', '2026-12-05T18:00', 'Mon 09:00', '2026-12-05 18:00'],
    ['10:00', '"2026-12-05T18:00:00"', '10:00', '2026-12-05 18:00'],
  ])('a hand-off at %s, a stand-in from %s', (handoff, from, meant, since) => {
    const { directory, problems } = loadOnCall(file(handoff, from), 'oncall.yml')
    expect(problems).toEqual([])
    expect(directory).toMatchObject({ schedules: { sre: { handoff: meant } }, overrides: [{ from: since }] })
  })
})
