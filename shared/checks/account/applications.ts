import { refusalOf } from '../../clouds/tencent/wecom-relay.ts'
import type { Question } from '../network/ask-api.ts'
import {
  askWecomApplication,
  FEISHU_APPLICATION,
  feishuApplicationState,
  wecomApplicationState,
} from './application-state.ts'
import { type Asking, call, type Read } from './call.ts'
import { type AccountResult, reviewOf } from './result.ts'
import type { ApplicationSpec, FeishuAppSpec, WecomAppSpec } from './spec.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** By these an application sends no more, whatever is said to it; sources: those of the channels of the same names (docs/channels.md). */
export const goneCodes: Record<ApplicationSpec['type'], string[]> = {
  'wecom-app': ['40001', '40013', '40056', '48002', '301002', 'relay-unsigned', 'relay-refused'],
  'feishu-app': ['99991661', '99991663', '99991664', '99991671'],
}

/** Whether an application would still send, without sending: its secret gets a token, and it is in use. */
export function applicationResult(app: ApplicationSpec, asking: Asking): Promise<AccountResult> {
  return app.type === 'wecom-app' ? wecomResult(app, asking) : feishuResult(app, asking)
}

/** gettoken, and the application itself: where requests are taken from trusted addresses alone, that goes by the relay. */
async function wecomResult(app: WecomAppSpec, asking: Asking): Promise<AccountResult> {
  const { name, corp, secret } = app
  const { io } = asking
  const base = io.env.FENGHUO_WECOM_APP_URL || 'https://qyapi.weixin.qq.com'
  const ask = (question: Question) =>
    call(name, question, wecomRead, (code) => goneCodes['wecom-app'].includes(code), asking)
  const query = new URLSearchParams({ corpid: corp, corpsecret: secret })
  const { access_token: token } = await ask(asked({ method: 'GET', url: `${base}/cgi-bin/gettoken?${query}` }))
  const told = await ask(asked(askWecomApplication(app, String(token), base, io.now())))
  return reviewOf('application', name, wecomApplicationState(told))
}

/** tenant_access_token, and the robot itself. */
async function feishuResult(app: FeishuAppSpec, asking: Asking): Promise<AccountResult> {
  const { name, site } = app
  const home = site === 'lark' ? 'https://open.larksuite.com' : 'https://open.feishu.cn'
  const base = `${asking.io.env.FENGHUO_FEISHU_APP_URL || home}/open-apis`
  const body = JSON.stringify({ app_id: app.app, app_secret: app.secret })
  const forToken = asked({
    method: 'POST',
    url: `${base}/auth/v3/tenant_access_token/internal`,
    headers: JSON_TYPE,
    body,
  })
  // Whatever it refuses here, it refuses of app and secret.
  const { tenant_access_token: token } = await call(name, forToken, feishuRead, isOfSecret, asking)
  const headers = { authorization: `Bearer ${String(token)}` }
  const told = await call(
    name,
    asked({ method: 'GET', url: `${base}${FEISHU_APPLICATION}`, headers }),
    feishuRead,
    (code) => goneCodes['feishu-app'].includes(code),
    asking,
  )
  return reviewOf('application', name, feishuApplicationState(told))
}

/** Neither too many questions, nor an address that is not listed (99991401), is of the secret. */
const isOfSecret = (code: string) => !['99991400', '99991401'].includes(code)

const wecomRead: Read = (_answer, fields) => {
  const { errcode, errmsg } = fields
  const relay = refusalOf(fields)
  if (relay !== undefined) return { refused: { code: relay.code, said: String(relay.words ?? '') } }
  if (typeof errcode !== 'number') return undefined
  return errcode === 0 ? fields : { refused: { code: String(errcode), said: String(errmsg ?? '') } }
}

const feishuRead: Read = ({ status }, fields) => {
  const { code, msg } = fields
  // Trouble of the vendor's own has a code as well.
  if (typeof code !== 'number' || status >= 500) return undefined
  return code === 0 ? fields : { refused: { code: String(code), said: String(msg ?? '') } }
}

function asked({
  url,
  ...rest
}: {
  url: string
  method: Question['method']
  headers?: Record<string, string>
  body?: string
}): Question {
  return { headers: {}, ...rest, url: new URL(url) }
}
