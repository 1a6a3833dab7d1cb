import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Whom a broker lets in, by mechanism. */
export interface SaslUsers {
  plain?: { username: string; password: string }
  'scram-sha-256'?: { username: string; password: string }
  'scram-sha-512'?: { username: string; password: string }
  /** OAUTHBEARER with a token of MSK's kind. */
  iam?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string; region: string; now(): number }
}

/** One exchange: answers the client's next message, or says why it is refused. */
export type SaslExchange = (message: Buffer) => { answer: Buffer; done: boolean } | { refused: string }

/** SCRAM servers ask for at least so many (RFC 7677). */
const ITERATIONS = 4096

export function mechanismsOf(users: SaslUsers): string[] {
  return Object.keys(users).map((name) => (name === 'iam' ? 'OAUTHBEARER' : name.toUpperCase()))
}

export function saslExchange(mechanism: string, users: SaslUsers): SaslExchange | undefined {
  if (mechanism === 'PLAIN' && users.plain) return plain(users.plain)
  if (mechanism === 'SCRAM-SHA-256' && users['scram-sha-256']) return scram('sha256', users['scram-sha-256'])
  if (mechanism === 'SCRAM-SHA-512' && users['scram-sha-512']) return scram('sha512', users['scram-sha-512'])
  if (mechanism === 'OAUTHBEARER' && users.iam) return mskIam(users.iam)
  return undefined
}

/** RFC 4616. */
function plain({ username, password }: { username: string; password: string }): SaslExchange {
  return (message) => {
    if (message.toString() !== `\0${username}\0${password}`) return { refused: 'Invalid username or password' }
    return { answer: Buffer.alloc(0), done: true }
  }
}

/** RFC 5802: the proof is recomputed, and ours is given for the client to verify. */
function scram(
  hash: 'sha256' | 'sha512',
  { username, password }: { username: string; password: string },
): SaslExchange {
  const salt = randomBytes(16)
  const length = hash === 'sha256' ? 32 : 64
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest()
  let bare = ''
  let first = ''
  return (message) => {
    const text = message.toString()
    if (first === '') {
      const match = /^n,,(n=([^,]+),r=([!-+\--~]+))$/.exec(text)
      if (match?.[2] !== username) return { refused: 'Authentication failed: Invalid user credentials' }
      bare = match[1] ?? ''
      first = `r=${match[3]}${randomBytes(12).toString('hex')},s=${salt.toString('base64')},i=${ITERATIONS}`
      return { answer: Buffer.from(first), done: false }
    }
    const nonce = /^r=([^,]+)/.exec(first)?.[1]
    const match = /^(c=biws,r=([^,]+)),p=([A-Za-z0-9+/=]+)$/.exec(text)
    if (match === null || match[2] !== nonce) return { refused: 'Invalid client final message' }
    const salted = pbkdf2Sync(password, salt, ITERATIONS, length, hash)
    const clientKey = hmac(salted, 'Client Key')
    const auth = `${bare},${first},${match[1]}`
    const signature = hmac(createHash(hash).update(clientKey).digest(), auth)
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
    const given = Buffer.from(match[3] ?? '', 'base64')
    if (given.length !== proof.length || !timingSafeEqual(given, proof)) {
      return { refused: 'Authentication failed: Invalid user credentials' }
    }
    return { answer: Buffer.from(`v=${hmac(hmac(salted, 'Server Key'), auth).toString('base64')}`), done: true }
  }
}

/** RFC 7628 with a presigned address as the token, as github.com/aws/aws-msk-iam-sasl-signer-js makes it: recomputed. */
function mskIam(user: NonNullable<SaslUsers['iam']>): SaslExchange {
  return (message) => {
    const [header, token, ...rest] = message.toString().split('\u0001')
    const bearer = /^auth=Bearer ([A-Za-z0-9_-]+)$/.exec(token ?? '')?.[1]
    if (header !== 'n,,' || bearer === undefined || rest.join() !== ',') return { refused: 'malformed client response' }
    const fault = tokenFault(Buffer.from(bearer, 'base64url').toString(), user)
    return fault === undefined ? { answer: Buffer.alloc(0), done: true } : { refused: `Access denied: ${fault}` }
  }
}

function tokenFault(text: string, user: NonNullable<SaslUsers['iam']>): string | undefined {
  if (!URL.canParse(text)) return 'no URL'
  const url = new URL(text)
  const query = url.searchParams
  if (url.origin !== `https://kafka.${user.region}.amazonaws.com`) return `host ${url.host}`
  if (query.get('Action') !== 'kafka-cluster:Connect') return 'no kafka-cluster:Connect'
  if ((query.get('User-Agent') ?? '') === '') return 'no User-Agent'
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256' || query.get('X-Amz-SignedHeaders') !== 'host')
    return 'algorithm'
  if ((query.get('X-Amz-Security-Token') ?? undefined) !== user.sessionToken) return 'security token'
  const date = query.get('X-Amz-Date') ?? ''
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const signedAt = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s))
  const forMs = Number(query.get('X-Amz-Expires')) * 1000
  if (!(forMs > 0 && forMs <= 900_000)) return 'expiry'
  if (!(user.now() >= signedAt - 60_000 && user.now() <= signedAt + forMs)) return 'expired'
  const scope = `${date.slice(0, 8)}/${user.region}/kafka-cluster/aws4_request`
  if (query.get('X-Amz-Credential') !== `${user.accessKeyId}/${scope}`) return 'credential'
  const signedQuery = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !/^(X-Amz-Signature|User-Agent)=/.test(pair))
    .sort()
    .join('&')
  const empty = createHash('sha256').digest('hex')
  const canonical = `GET\n/\n${signedQuery}\nhost:${url.host}\n\nhost\n${empty}`
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`
  const key = scope
    .split('/')
    .reduce<Buffer | string>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      `AWS4${user.secretAccessKey}`,
    )
  const expected = createHmac('sha256', key).update(toSign).digest('hex')
  return query.get('X-Amz-Signature') === expected ? undefined : 'signature'
}
