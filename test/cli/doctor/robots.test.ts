import { afterEach, beforeEach, expect, it } from 'vitest'
import { robots } from '../../../cli/doctor/channels.ts'
import { type DingtalkSimulator, startDingtalkSimulator } from '../../simulators/dingtalk.ts'
import { startWecomSimulator, type WecomSimulator } from '../../simulators/wecom-robot.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, deployed, lines, now, patientWith } from './patient.ts'

const withDingtalk = configOf(
  fenghuoYml.replace(
    'policies:\n',
    '  dingtalk: { token: "${DINGTALK_TOKEN}", secret: "${DINGTALK_SECRET}" }\npolicies:\n',
  ),
)

let wecom: WecomSimulator
let dingtalk: DingtalkSimulator
beforeEach(async () => {
  wecom = await startWecomSimulator({ keys: ['wecom-key'], now: () => now })
  dingtalk = await startDingtalkSimulator({
    robots: [
      { token: 'signed', secret: 'SEC1' },
      { token: 'keyword', keyword: '烽火', secret: 'SEC1' },
    ],
    now: () => now,
  })
})
afterEach(async () => {
  expect({ wecom: wecom.received, dingtalk: dingtalk.received }).toEqual({ wecom: [], dingtalk: [] })
  await Promise.all([wecom.close(), dingtalk.close()])
})

/** The robots with these variables in the deployed `page`. */
function look(variables: Record<string, string>, offMs = 0) {
  const moved = { FENGHUO_WECOM_URL: wecom.url, FENGHUO_DINGTALK_URL: dingtalk.url }
  const channelEnv = async () => deployed(variables).env
  return lines(robots, patientWith(moved, { config: withDingtalk, channelEnv, now: () => now + offMs }))
}
const good = { WECOM_KEY: 'wecom-key', DINGTALK_TOKEN: 'signed', DINGTALK_SECRET: 'SEC1' }
const inferred = 'the key is good: inferred from how a nonsense message was refused, nothing was posted'

it('are well, and nothing is posted', async () => {
  expect(await look(good)).toEqual([`ok wecom: ${inferred}`, `ok dingtalk: ${inferred}`])
  expect([wecom.requests.length, dingtalk.requests.length]).toEqual([1, 1])
})

it.each<[reason: string, variables: Record<string, string>, line: string]>([
  [
    'another key',
    { WECOM_KEY: 'other' },
    'fault wecom: there is no such robot, application or instance: 93000 “invalid webhook url”',
  ],
  [
    'another token',
    { DINGTALK_TOKEN: 'other' },
    'fault dingtalk: there is no such robot, application or instance: 300001 “token is not exist”',
  ],
  [
    'another secret',
    { DINGTALK_SECRET: 'SEC2' },
    'fault dingtalk: keyword, signature or address not accepted: 310000 “sign not match”',
  ],
  ['a variable that is not set', { WECOM_KEY: '' }, 'fault wecom: WECOM_KEY is not set in the deployed functions'],
])('%s', async (_reason, variables, line) => {
  expect(await look({ ...good, ...variables })).toContain(line)
})

it('with a clock two hours off', async () => {
  expect((await look(good, 7_200_000))[1]).toBe(
    'fault dingtalk: keyword, signature or address not accepted: 310000 “invalid timestamp”',
  )
})

it.each<[reason: string, code: number, message: string, line: RegExp]>([
  ['a keyword, before the type is judged', 310000, 'keywords not in content', /^skipped dingtalk: .*inferred, nothing/],
  [
    'a list of addresses',
    310000,
    'ip 1.2.3.4 not in whitelist',
    /^warning dingtalk: our address is not accepted: 310000/,
  ],
  ['too many posts', 130101, 'send too fast', /^warning dingtalk: over 20 posts a minute/],
  ['a robot that was disabled', 400102, 'robot disabled', /^fault dingtalk: disabled: 400102/],
  ['a code that nobody knows', 660026, 'what?', /^warning dingtalk: can't tell: 660026 what\?/],
])('DingTalk answers with %s', async (_reason, code, message, line) => {
  dingtalk.fail({ kind: 'error', code, message })
  expect((await look(good))[1]).toMatch(line)
})

it('a vendor on a bad day', async () => {
  wecom.fail({ kind: 'http', status: 502 })
  dingtalk.fail({ kind: 'reset' })
  expect(await look(good)).toEqual([
    "warning wecom: can't tell: HTTP 502, no answer of a robot",
    'fault dingtalk: the network: the connection broke before the answer',
  ])
})

it('of the local stack are left alone', async () => {
  const stack = { wecom: wecom.url } as never
  const patient = { ...patientWith(), stack }
  expect(await lines(robots, patient)).toEqual([`skipped wecom: the local stack posts to ${wecom.url}`])
  expect(wecom.requests).toEqual([])
})
