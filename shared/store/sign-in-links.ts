import { createHash, createHmac } from 'node:crypto'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { signInLinkKey } from './keys.ts'
import { held, stateIn } from './shape.ts'

/** A link by which somebody signs in once. */
export interface SignInLink {
  /** Whose it is, of this project's people. Absent: nobody is called as it was asked for, and nobody has it. */
  contact?: string
  project: string
  /** Where it leads to then: a path of the console. */
  back: string
  until: Instant
  isSpent?: true
}

/** The version, and form, in which it is kept. */
export const signInLinkShape: Shape<SignInLink> = { current: 1 }

/** 128 bits: nobody guesses one while it holds. */
const TOKEN_BYTES = 16

/** The token of a link, of whoever has the deployment's secret: only the id of a link travels through a queue. */
export function signInToken(id: string, secret: string): string {
  const mac = createHmac('sha256', secret).update(`sign-in link\n${id}`).digest()
  return mac.subarray(0, TOKEN_BYTES).toString('base64url')
}

/** Keeps a link, by a digest of its token. */
export async function keepSignInLink(
  token: string,
  link: SignInLink,
  { incidents }: Pick<StoreIo, 'incidents'>,
): Promise<void> {
  const expiresAt = Math.ceil(link.until / 1000)
  await incidents.putIfVersion({ ...keyOf(token), ...held(link, signInLinkShape), version: 1, expiresAt }, 0)
}

/** The link of a token while it holds; undefined: there is none, it is spent, or too old. Rejects when the table does. */
export async function readSignInLink(
  token: string,
  { incidents, now }: Pick<StoreIo, 'incidents' | 'now'>,
): Promise<SignInLink | undefined> {
  const link = stateIn(await incidents.get(keyOf(token)), signInLinkShape, incidents)
  return link !== undefined && link.isSpent === undefined && link.until > now() ? link : undefined
}

/** Spends a link that was read: of all who do so at once, one gets it. Resolves with whether it was this one. Rejects when the table does. */
export async function spendSignInLink(
  token: string,
  link: SignInLink,
  { incidents }: Pick<StoreIo, 'incidents'>,
): Promise<boolean> {
  const spent = held<SignInLink>({ ...link, isSpent: true }, signInLinkShape)
  const expiresAt = Math.ceil(link.until / 1000)
  return incidents.putIfVersion({ ...keyOf(token), ...spent, version: 2, expiresAt }, 1)
}

function keyOf(token: string) {
  return signInLinkKey(createHash('sha256').update(token).digest('hex'))
}
