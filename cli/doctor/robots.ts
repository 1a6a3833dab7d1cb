import { dingtalkUrl } from '../../shared/channels/dingtalk/dingtalk.ts'
import { quoted } from '../../shared/channels/network.ts'
import { wecomUrl } from '../../shared/channels/wecom-robot/send.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { type Area, type Examination, type Found, fault, ok, skipped, warning } from './finding.ts'
import { channelsOf, type Patient, settingsOf } from './patient.ts'

/** A type of message that no robot knows: it is refused before anything is posted. */
const BODY = JSON.stringify({ msgtype: 'fenghuo_doctor' })

/** What a robot's code to such a message tells of its key. Codes: developer.work.weixin.qq.com and open.dingtalk.com. */
type Meanings = Record<number, (errmsg: string) => Found>

const inferred = ok('the key is good: inferred from how a nonsense message was refused, nothing was posted')

const wecomMeanings: Meanings = {
  40008: () => inferred,
  40058: () => inferred,
  45009: () => warning('over 20 posts a minute: nothing else can be told', 'look again in a minute'),
  93000: () =>
    fault('93000: there is no robot with this key', 'make a new robot, set its key where you deploy, and deploy'),
}

const newRobot = 'make a new robot, set its token and secret where you deploy, and deploy'
const dingtalkMeanings: Meanings = {
  400105: () => inferred,
  40035: () => inferred,
  130101: () => warning('over 20 posts a minute: nothing else can be told', 'look again in ten minutes'),
  300001: () => fault('300001: there is no robot with this token', newRobot),
  400101: () => fault('400101: there is no robot with this token', newRobot),
  400102: () => fault('400102: the robot is disabled', 'enable it in the settings of its group'),
  400106: () => fault('400106: there is no such robot', newRobot),
  400013: () => fault('400013: the group is gone', newRobot),
  310000: security,
}

/** One code for all three of its security settings; only the words tell which. */
function security(errmsg: string): Found {
  if (/keyword/i.test(errmsg))
    return skipped(
      'token and signature were taken, and a keyword asked for: inferred, nothing was posted',
      '烽火 is in every post: let it be the keyword',
    )
  if (/ip/i.test(errmsg))
    return warning(
      '310000: takes posts from listed addresses only',
      'the functions have no fixed address: use the signature instead',
    )
  return fault(
    `310000: ${errmsg || 'security setting'}`,
    'set the secret of its security setting "sign" where you deploy, and deploy',
  )
}

/** The keys of group robots, by a post that can't appear in the group. */
export const robots: Area = {
  name: 'robots',
  examinations(patient) {
    const wecom = channelsOf('wecom-robot', patient).map(({ name, settings }): Examination => {
      const url = ({ key }: { key: string }, env: Env) => wecomUrl(key, { env })
      return {
        subject: name,
        look: (signal) => one(settings, url, wecomMeanings, patient.stack?.wecom, patient, signal),
      }
    })
    const dingtalk = channelsOf('dingtalk', patient).map(({ name, settings }): Examination => {
      const url = ({ token, secret }: { token: string; secret?: string }, env: Env) =>
        dingtalkUrl(token, secret, { now: patient.now, env })
      return {
        subject: name,
        look: (signal) => one(settings, url, dingtalkMeanings, patient.stack?.dingtalk, patient, signal),
      }
    })
    return [...wecom, ...dingtalk]
  },
}

async function one<Settings>(
  settings: unknown,
  urlOf: (settings: Settings, env: Env) => string,
  meanings: Meanings,
  sandbox: string | undefined,
  patient: Patient,
  signal: AbortSignal,
): Promise<Found> {
  if (sandbox !== undefined) return skipped(`the local stack posts to ${sandbox}`)
  return judged(urlOf(await settingsOf<Settings>(settings, patient), patient.env), meanings, patient, signal)
}

/** The key of a WeCom group robot. */
export function wecomRobot(key: string, patient: Patient, signal: AbortSignal): Promise<Found> {
  return judged(wecomUrl(key, patient), wecomMeanings, patient, signal)
}

async function judged(url: string, meanings: Meanings, patient: Patient, signal: AbortSignal): Promise<Found> {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const answer = await patient.fetch(url, { method: 'POST', headers, body: BODY, redirect: 'manual', signal })
  const { errcode, errmsg } = Object(await answer.json().catch(() => ({})))
  if (errcode === 0)
    return warning('it took a nonsense message: what the group saw is not known', 'look into the group')
  const meaning = meanings[Number(errcode)]
  if (meaning !== undefined) return meaning(quoted(errmsg))
  const said =
    typeof errcode === 'number' ? `${errcode} ${quoted(errmsg)}` : `HTTP ${answer.status}, no answer of a robot`
  return warning(`can't tell: ${said}`, 'npx fenghuo page --test shows whether it posts')
}
