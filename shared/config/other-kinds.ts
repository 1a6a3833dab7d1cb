const noIcmp =
  'functions have no ICMP in any cloud: write `tcp: host:port`, or `vantage-points: host`, whose nodes ping it'

function beforeTls(protocol: string): string {
  return `write \`tls: host\` with \`starttls: ${protocol}\`, which looks at its certificate too, or \`tcp: host:port\``
}

/** What other monitors call a kind of check, and how it is written here. */
export const otherKinds: ReadonlyMap<string, string> = new Map([
  ['icmp', noIcmp],
  ['ping', noIcmp],
  ['ssh', 'write `tcp: host:22` with `expect: SSH-2.0-`'],
  ['redis', 'write `tcp: host:6379`, or `tls: host:6379`, with `send: "PING\\r\\n"` and `expect: +PONG`'],
  ['smtp', beforeTls('smtp')],
  ['imap', beforeTls('imap')],
  ['pop3', beforeTls('pop3')],
  ['ldap', beforeTls('ldap')],
  ['mysql', beforeTls('mysql')],
  ['postgres', beforeTls('postgres')],
  ['postgresql', beforeTls('postgres')],
  ['push', 'what reports by itself is a `heartbeat`'],
])
