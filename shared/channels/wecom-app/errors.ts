import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

const setAgent: Remedy = {
  zh: '请核对 agent 与 secret 属于同一个应用',
  en: 'let agent and secret be of the same application',
}

const setCorp: Remedy = {
  zh: '请核对 corp 与 secret，在部署环境中设置后再次部署',
  en: 'check corp and secret, set them where you deploy, and deploy',
}

/** Applications made since 2022-06-20 take requests from listed addresses alone; functions have none of their own. */
const trustAddress: Remedy = {
  zh: '请在应用的“企业可信IP”中加入报错里的 from ip（先设置接收消息的 URL 或可信域名）；函数要有固定出口地址，或让 FENGHUO_WECOM_APP_URL 指向有固定地址的转发',
  en: 'add the address after "from ip" to the application\'s trusted addresses (it wants a callback URL or trusted domain first); give the function a fixed egress, or let FENGHUO_WECOM_APP_URL name a relay that has one',
}

const widen: Remedy = {
  zh: '请把收件人加入应用的可见范围',
  en: "put the recipients into the application's visible range",
}

const setRecipients: Remedy = {
  zh: '请核对 to、parties、tags 与联系人的 wecom',
  en: 'check to, parties and tags, and the key wecom of contacts',
}

/** Codes whose meaning is that the access token is over before its time: a new one is fetched, once. */
export const TOKEN_OVER = [40014, 42001, 41001]

export const errors: ErrorTable = {
  source: 'developer.work.weixin.qq.com, 全局错误码 (document/path/90313) and 发送应用消息 (90236)',
  codes: {
    '-1': { class: 'busy', afterMs: 2_000 },
    40001: { class: 'bad-credentials', remedy: setCorp },
    40008: { class: 'bad-request' },
    40013: { class: 'bad-credentials', remedy: setCorp },
    // A token that was new a moment ago: somebody else of the same application revokes them.
    40014: { class: 'bad-credentials' },
    40056: { class: 'no-such-sender', remedy: setAgent },
    40058: { class: 'bad-request' },
    41001: { class: 'bad-credentials' },
    42001: { class: 'bad-credentials' },
    44004: { class: 'content-refused' },
    45009: { class: 'rate-limited', afterMs: 60_000 },
    45033: { class: 'rate-limited', afterMs: 2_000 },
    48002: { class: 'not-allowed', remedy: setAgent },
    60011: { class: 'not-allowed', remedy: widen },
    60020: { class: 'our-address', remedy: trustAddress },
    81013: { class: 'recipient-gone', remedy: setRecipients },
    82001: { class: 'recipient-gone', remedy: setRecipients },
    301002: { class: 'no-such-sender', remedy: setAgent },
  },
}

/** A member gets at most 30 messages a minute of an application; what is over that is dropped without a word. */
export const limits = { source: 'developer.work.weixin.qq.com, 发送应用消息 (90236)', maxBytes: 2_048, perMinute: 30 }
