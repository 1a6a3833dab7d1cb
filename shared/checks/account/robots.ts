import { createHmac } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo } from '../kind.ts'
import type { Question } from '../network/ask-api.ts'
import { applicationResult } from './applications.ts'
import { type Asking, answered, call, type Read, type Refused } from './call.ts'
import type { AccountResult } from './result.ts'
import type { RobotSpec, RobotsSpec } from './spec.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** No vendor takes a message of this type, so that nothing appears in the group: how it is refused tells whether the key is good. */
const NO_SUCH_TYPE = 'fenghuo_check'

/** How one kind of robots is asked, and what it says. */
interface RobotKind {
  /** The variable that moves the vendor, and its own address. */
  variable: string
  base: string
  question(robot: RobotSpec, base: string, now: Instant): Omit<Question, 'url'> & { url: string }
  /** What the vendor says of the key; undefined: it is none of its answers. */
  refusal(status: number, fields: Record<string, unknown>, text: string): Refused | 'good' | undefined
  /** The codes of a robot that posts no more, whatever is said to it. */
  gone: readonly string[]
}

/** Sources of the codes are those of the channels of the same names: docs/channels.md lists them. */
export const robotKinds: Record<RobotSpec['type'], RobotKind> = {
  'wecom-robot': {
    variable: 'FENGHUO_WECOM_URL',
    base: 'https://qyapi.weixin.qq.com',
    question: ({ secret }, base) =>
      posting(`${base}/cgi-bin/webhook/send?key=${encodeURIComponent(secret)}`, { msgtype: NO_SUCH_TYPE }),
    refusal: (_status, fields) => coded(fields.errcode, fields.errmsg, ['40008', '40058']),
    gone: ['93000'],
  },
  dingtalk: {
    variable: 'FENGHUO_DINGTALK_URL',
    base: 'https://oapi.dingtalk.com',
    question({ secret, signing }, base, now) {
      const sign = signing && hmac(signing, `${now}\n${signing}`)
      const query = new URLSearchParams({ access_token: secret, ...(sign && { timestamp: String(now), sign }) })
      return posting(`${base}/robot/send?${query}`, { msgtype: NO_SUCH_TYPE })
    },
    // A keyword that is asked for has token and signature taken before.
    refusal(_status, { errcode, errmsg }) {
      if (/keyword|关键词/i.test(String(errmsg))) return 'good'
      // Whoever asks has another address than the functions that post.
      if (/whitelist|白名单/i.test(String(errmsg))) return { code: `${errcode} IP`, said: String(errmsg) }
      return coded(errcode, errmsg, ['400105', '40035'])
    },
    gone: ['300001', '310000', '400013', '400101', '400102', '400106'],
  },
  feishu: {
    variable: 'FENGHUO_FEISHU_URL',
    base: 'https://open.feishu.cn',
    question({ secret, signing }, base, now) {
      const timestamp = String(Math.floor(now / 1000))
      const signed = signing && { timestamp, sign: hmac(`${timestamp}\n${signing}`, '') }
      const body = { ...signed, msg_type: NO_SUCH_TYPE }
      return posting(`${base}/open-apis/bot/v2/hook/${encodeURIComponent(secret)}`, body)
    },
    refusal: (_status, { code, msg }) => coded(code, msg, ['9499', '19002', '19024']),
    gone: ['19001', '19021'],
  },
  slack: {
    variable: 'FENGHUO_SLACK_URL',
    base: 'https://hooks.slack.com',
    question: ({ secret }, base) => posting(`${base}/services/${secret}`, {}),
    refusal: (status, _fields, text) =>
      coded(status === 200 ? undefined : text.trim(), '', ['no_text', 'invalid_payload']),
    gone: [
      'no_service',
      'no_service_id',
      'no_active_hooks',
      'no_team',
      'team_disabled',
      'invalid_token',
      'channel_not_found',
    ].concat('channel_is_archived', 'action_prohibited'),
  },
  'slack-app': {
    variable: 'FENGHUO_SLACK_URL',
    base: 'https://slack.com',
    // Which needs no scope, and tells of the token.
    question: ({ secret }, base) => ({
      method: 'POST',
      url: `${base}/api/auth.test`,
      headers: { ...JSON_TYPE, authorization: `Bearer ${secret}` },
    }),
    refusal: (_status, { ok, error }) => (ok === true ? 'good' : coded(error, '', [])),
    gone: ['invalid_auth', 'token_revoked', 'account_inactive'],
  },
  discord: {
    variable: 'FENGHUO_DISCORD_URL',
    base: 'https://discord.com',
    question: ({ secret }, base) => ({ method: 'GET', url: `${base}/api/webhooks/${secret}`, headers: {} }),
    // The webhook itself, which nobody in the channel sees.
    refusal(status, { id, code, message }) {
      if (status === 200) return typeof id === 'string' ? 'good' : undefined
      return coded(code ?? status, message, [])
    },
    gone: ['10015', '50027', '401', '404'],
  },
  telegram: {
    variable: 'FENGHUO_TELEGRAM_URL',
    base: 'https://api.telegram.org',
    question: ({ secret }, base) => ({ method: 'GET', url: `${base}/bot${secret}/getMe`, headers: {} }),
    refusal: (_status, { ok, error_code: code, description }) => (ok === true ? 'good' : coded(code, description, [])),
    gone: ['401', '404'],
  },
}

/** Asks each robot and application whether it would still post, without posting. */
export async function robotResults({ robots }: RobotsSpec, asking: Asking): Promise<AccountResult[]> {
  const resultsOf = (one: (typeof robots)[number]) =>
    one.type === 'wecom-app' || one.type === 'feishu-app' ? applicationResult(one, asking) : resultOf(one, asking)
  return (await Promise.all(robots.map((one) => answered(resultsOf(one))))).flat()
}

async function resultOf(robot: RobotSpec, asking: Asking): Promise<AccountResult> {
  const { variable, base, question, refusal, gone } = robotKinds[robot.type]
  const { url, ...rest } = question(robot, baseOf(variable, base, asking.io), asking.io.now())
  const read: Read = ({ status, text }, fields) => {
    const said = refusal(status, fields, text)
    if (said === 'good') return { good: true }
    return said && { refused: said }
  }
  const isGone = (code: string) => gone.includes(code)
  await call(robot.name, { url: new URL(url), ...rest }, read, isGone, asking)
  return { outcome: 'up' }
}

function baseOf(variable: string, base: string, { env }: CheckIo): string {
  return env[variable] || base
}

function posting(url: string, body: object) {
  return { method: 'POST', url, headers: JSON_TYPE, body: JSON.stringify(body) } as const
}

/** A code of the vendor's; those of `harmless` refuse what was said, and not the robot. */
function coded(code: unknown, said: unknown, harmless: readonly string[]): Refused | 'good' | undefined {
  if (code === undefined || code === '' || String(code) === '0') return undefined
  return harmless.includes(String(code)) ? 'good' : { code: String(code), said: String(said ?? '') }
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64')
}
