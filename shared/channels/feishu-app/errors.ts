import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'

const setSecret: Remedy = {
  zh: '请核对 app 与 secret，在部署环境中设置后再次部署',
  en: 'check app and secret, set them where you deploy, and deploy',
}

const trustAddress: Remedy = {
  zh: '函数没有固定出口地址：请在应用的“安全设置”中清空 IP 白名单',
  en: "functions have no fixed address: empty the IP allow list in the application's security settings",
}

/** Codes by which an access token is over before its time: a new one is fetched, once. */
export const TOKEN_OVER = [99991661, 99991663, 99991664, 99991671]

export const errors: ErrorTable = {
  source: 'open.larkoffice.com, 服务端错误码说明 (generic-error-code), 如何解决 230001 错误, 频控策略',
  codes: {
    230001: { class: 'bad-request' },
    99991400: { class: 'rate-limited', afterMs: 2_000 },
    99991401: { class: 'our-address', remedy: trustAddress },
    // With a token that was new a moment ago.
    99991661: { class: 'bad-credentials', remedy: setSecret },
    99991663: { class: 'bad-credentials', remedy: setSecret },
    99991664: { class: 'bad-credentials', remedy: setSecret },
    99991671: { class: 'bad-credentials', remedy: setSecret },
  },
}

/** A card may have 30 KB, JSON and buttons included; five messages a second for a group, of which a minute gets a third here. */
export const limits = { source: 'open.larkoffice.com, 发送消息 and 频控策略', maxBytes: 16_000, perMinute: 100 }
