import type { ChannelIo, Delivery } from './channel.ts'
import { type Post, post } from './post.ts'
import { fingerprint } from './robot.ts'

/** The share of an access token's life after which a new one is fetched: it may be revoked early. */
const USED_LIFE = 0.8

/** The longest life that a token is believed to have, s: vendors say 7200 or less. */
const LONGEST_LIFE_S = 7_200

/** An application whose access token all functions share. */
export interface Application {
  id: string
  secret: string
  /** Asks for a new token. */
  request: Omit<Post, 'read'>
  /** What the answer says of it. */
  tokenIn(answer: unknown): { value: unknown; lifeS: unknown }
  /** What became of asking, as the answer says; undefined: none of the vendor's. */
  read(answer: unknown): Delivery | undefined
  /** The codes by which the vendor says that a token is over. */
  overCodes: readonly number[]
}

/** Has `call` made with the token that is kept, or with a new one; when the vendor says that it is over, once more with a new one. */
export async function withToken<Answered extends { delivery: Delivery }>(
  application: Application,
  call: (token: string) => Promise<Answered>,
  io: ChannelIo,
): Promise<Answered | { delivery: Delivery }> {
  const token = (await io.memory?.read(nameOf(application))) ?? (await newToken(application, io))
  if (typeof token !== 'string') return { delivery: token }
  const first = await call(token)
  if (!isOver(first.delivery, application)) return first
  const fresh = await newToken(application, io)
  return typeof fresh === 'string' ? call(fresh) : { delivery: fresh }
}

/** Asks the vendor for a new token, or gives why there is none. Nothing was sent before it: what is lost may be asked again. */
export async function newToken(application: Application, io: ChannelIo): Promise<string | Delivery> {
  let token: { value: string; lifeS: number } | undefined
  const read = (answer: unknown) => {
    const { value, lifeS } = application.tokenIn(answer)
    if (typeof value === 'string' && value !== '') token = { value, lifeS: Number(lifeS) }
    const delivery = application.read(answer)
    return delivery?.status === 'sent' && token === undefined ? undefined : delivery
  }
  const delivery = await post({ ...application.request, read }, io)
  if (delivery.status === 'unknown') return { status: 'retry', afterMs: 2_000, failure: delivery.failure }
  if (delivery.status !== 'sent' || token === undefined) return delivery
  const lifeS = token.lifeS > 0 ? Math.min(token.lifeS, LONGEST_LIFE_S) : LONGEST_LIFE_S
  await io.memory?.write(nameOf(application), token.value, io.now() + lifeS * 1000 * USED_LIFE)
  return token.value
}

function isOver(delivery: Delivery, { overCodes }: Application): boolean {
  return delivery.status === 'failed' && overCodes.includes(Number(delivery.failure.code))
}

/** One token for each application: its secret stands for it, and is not written down. */
function nameOf({ id, secret }: Application): string {
  return `token#${fingerprint(`${id}#${secret}`)}`
}
