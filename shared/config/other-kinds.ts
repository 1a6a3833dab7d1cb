import type { Bilingual } from '../contracts/words.ts'

const noIcmp: Bilingual = {
  en: 'functions have no ICMP in any cloud: write `tcp: host:port`, or `vantage-points: host`, whose nodes ping it',
  zh: '函数在哪家云都没有 ICMP：写 `tcp: host:port`，或 `vantage-points: host`，由它的节点去 ping',
}

function beforeTls(protocol: string): Bilingual {
  return {
    en: `write \`tls: host\` with \`starttls: ${protocol}\`, which looks at its certificate too, or \`tcp: host:port\``,
    zh: `写 \`tls: host\` 加 \`starttls: ${protocol}\`（证书也一并检查），或 \`tcp: host:port\``,
  }
}

/** What other monitors call a kind of check, and how it is written here. */
export const otherKinds: ReadonlyMap<string, Bilingual> = new Map([
  ['icmp', noIcmp],
  ['ping', noIcmp],
  ['ssh', { en: 'write `tcp: host:22` with `expect: SSH-2.0-`', zh: '写 `tcp: host:22` 加 `expect: SSH-2.0-`' }],
  [
    'redis',
    {
      en: 'write `tcp: host:6379`, or `tls: host:6379`, with `send: "PING\\r\\n"` and `expect: +PONG`',
      zh: '写 `tcp: host:6379` 或 `tls: host:6379`，加 `send: "PING\\r\\n"` 和 `expect: +PONG`',
    },
  ],
  ['smtp', beforeTls('smtp')],
  ['imap', beforeTls('imap')],
  ['pop3', beforeTls('pop3')],
  ['ldap', beforeTls('ldap')],
  ['mysql', beforeTls('mysql')],
  ['postgres', beforeTls('postgres')],
  ['postgresql', beforeTls('postgres')],
  ['push', { en: 'what reports by itself is a `heartbeat`', zh: '自己上报的用 `heartbeat`' }],
])
