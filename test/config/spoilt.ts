import { expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

const people: Directory = {
  contacts: { lin: { name: '林悦', phone: '+8613800000001' } },
  schedules: { sre: { rotation: ['lin'], handoff: '10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' } },
  overrides: [],
}

/** A valid file of which each case spoils one section. */
export const valid = {
  head: 'timezone: Asia/Shanghai',
  vantages: 'vantages: { sg: aws/ap-southeast-1 }',
  channels: `channels:
  phone: [{ to: "+", type: connect, instance: "\${INSTANCE}", caller: "+6531580000" }]
  sms: [{ to: "+86", type: tencent-sms, app: "1400006666", sign: 示例, templates: { page: "1", resolved: "2" } }]
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }`,
  policies: `policies:
  default: { layers: [{ page: lin }] }
  quiet: { layers: [{ page: lin }], channels: { critical: [chat] } }`,
  defaults: 'defaults: { chat: [wecom] }',
  projects: `projects:
  pay:
    title: 支付
    checks: { web: { title: 收银台, http: "https://pay.example.com/" } }`,
}

const MARK = '‸'

/** Puts `spoilt` (its places marked) in the place of a section; tells where the marks are and what was found there. */
function load(section: keyof typeof valid, spoilt: string) {
  const marked = Object.values({ ...valid, [section]: spoilt }).join('\n')
  const places: { line: number; column: number }[] = []
  let text = marked
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK)) {
    const before = text.slice(0, at).split('\n')
    places.push({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 })
    text = text.slice(0, at) + text.slice(at + MARK.length)
  }
  return { places, ...loadConfig(text, 'fenghuo.yml', people) }
}

export type Case = [
  why: string,
  section: keyof typeof valid,
  spoilt: string,
  ...found: [key: string, message: string][],
]

export const check = (keys: string) =>
  `projects:\n  pay:\n    title: 支付\n    checks:\n      web: { title: 收银台, ${keys} }`
export const http = 'http: "https://pay.example.com/"'
export const policy = (keys: string) =>
  `policies:\n  quiet: { layers: [{ page: lin }], channels: { critical: [chat] } }\n  default: { ${keys} }`
export const channels = (line: string) => `${valid.channels}\n  ${line}`

/** Each case spoils one section, and every problem is told with its file, place, key and remedy. */
export function itTellsProblems(cases: Case[]): void {
  it.each(cases)('%s', (_, section, spoilt, ...expected) => {
    const { config, problems, places } = load(section, spoilt)
    expect(config).toBeUndefined()
    expect(problems.map(({ key }) => key)).toEqual(expected.map(([key]) => key))
    for (const [index, [, message]] of expected.entries()) expect(problems[index]?.message).toContain(message)
    expect(problems.filter(({ code, zh }) => code === 'other' || !/\p{Script=Han}/u.test(zh))).toEqual([])
    expect(problems.map(({ file, line, column }) => ({ file, line, column }))).toEqual(
      places.map((place) => ({ file: 'fenghuo.yml', ...place })),
    )
  })
}
