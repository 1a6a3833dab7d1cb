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
  zh: '函数没有固定出口地址：请按指南部署转发函数（fenghuo.yml 的 relay），把它的出口地址加入应用的“企业可信IP”（先设置接收消息的 URL 或可信域名）；已有转发的，加入报错里的 from ip',
  en: 'functions have no fixed address: deploy the relay of the guide (`relay` in fenghuo.yml), and add its address to the application\'s trusted ones (they want a callback URL or trusted domain first); with a relay, add the address after "from ip"',
}

const widen: Remedy = {
  zh: '请把收件人加入应用的可见范围',
  en: "put the recipients into the application's visible range",
}

const setRecipients: Remedy = {
  zh: '请核对 to、parties、tags 与联系人的 wecom',
  en: 'check to, parties and tags, and the key wecom of contacts',
}

const sameSecret: Remedy = {
  zh: '请核对 relay 的 secret 与转发函数的 WECOM_RELAY_SECRET 一致，两边再次部署；并核对时钟',
  en: 'let the secret of `relay` be the WECOM_RELAY_SECRET that the relay was deployed with, and deploy both; check the clock, too',
}

const deployRelay: Remedy = {
  zh: '请用同一版本再次部署转发函数',
  en: 'deploy the relay again, of the same version',
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
    // What the relay says, where the vendor was not asked or did not answer it (`clouds/tencent/wecom-relay.ts`).
    'relay-unsigned': { class: 'bad-credentials', remedy: sameSecret },
    'relay-refused': { class: 'not-allowed', remedy: deployRelay },
    'relay-unreachable': { class: 'unreachable', afterMs: 2_000 },
    'relay-no-answer': { class: 'lost-answer', isLost: true },
  },
}

/** A member gets at most 30 messages a minute of an application; what is over that is dropped without a word. */
export const limits = { source: 'developer.work.weixin.qq.com, 发送应用消息 (90236)', maxBytes: 2_048, perMinute: 30 }
