import * as z from 'zod/mini'
import { instant, text } from './bounded.ts'

/**
 * Regions are deployed one after the other, so that releases speak to each other. What is added to one of these messages stands after all
 * that is there, is one that the release before can do without, and raises `v`: what that one does not know it passes over, and keeps for
 * the seal, which is over all of it.
 */
const version = z.int().check(z.positive())

/** A message that may hold more than this release knows: its type names what that makes use of. */
const open = <F extends z.core.$ZodLooseShape>(fields: F): z.ZodMiniObject<F, z.core.$strip> => z.looseObject(fields)

/** An item as a table holds it: the version of its form, and its text. */
const held = open({ v: version, state: text(2, 400_000) })

const region = text(3, 40)

/** HMAC-SHA256 in base64url. */
const mac = text(43, 43)

/** What one region says to another of an incident, as it is there; also how it asks for that region's own. */
export const peerMessage = open({
  v: version,
  kind: z.literal('peer'),
  from: region,
  to: region,
  at: instant,
  held,
  mac,
})
export type PeerMessage = z.infer<typeof peerMessage>

/** What a region answers: how it is, and the incident as it has it. `to` is the question's mac: an answer is good for one question. */
export const peerAnswer = open({
  v: version,
  kind: z.literal('peer-answer'),
  from: region,
  to: mac,
  at: instant,
  isWell: z.boolean(),
  wellForMs: z.int().check(z.nonnegative()),
  held: z.optional(held),
  mac,
})
export type PeerAnswer = z.infer<typeof peerAnswer>

/**
 * What `region-health` asks another region's function `peer`, and what that answers: that it works, and its time (`at`). Whoever may call it
 * at all is for AWS to say, so that it bears no seal.
 */
export const peerGreeting = open({
  v: version,
  kind: z.literal('peer-greeting'),
  from: region,
  at: instant,
})
export type PeerGreeting = z.infer<typeof peerGreeting>

/** What somebody has said of duty by hand, as one region tells another. */
export const peerDuty = open({
  v: version,
  kind: z.literal('peer-duty'),
  from: region,
  to: region,
  at: instant,
  said: open({ at: instant, by: text(1, 200), region: z.optional(region), until: z.optional(instant) }),
  mac,
})
export type PeerDuty = z.infer<typeof peerDuty>

/** A silence as somebody has just made, moved or ended it, as one region tells another. */
export const peerSilence = open({
  v: version,
  kind: z.literal('peer-silence'),
  from: region,
  to: region,
  at: instant,
  held,
  mac,
})
export type PeerSilence = z.infer<typeof peerSilence>

/** `clock`: when it was sent, by the functions' clock. Goes through two queues and into the table once a minute, so that a region knows whether what it takes is worked on. */
export const canary = z.object({ v: z.literal(1), kind: z.literal('canary'), clock: z.optional(instant) })

/** The same on its way through the second queue: `at` is when the first one took it, which is the events queue unless `of` says otherwise. */
export const agedCanary = z.object({
  v: z.literal(1),
  kind: z.literal('canary'),
  at: instant,
  of: z.optional(z.literal('overflow')),
  /** How far the functions' clock is ahead of the queue's, ms. */
  aheadMs: z.optional(z.int()),
})
