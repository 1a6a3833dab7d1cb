import * as z from 'zod/mini'
import { instant, text } from './bounded.ts'
import { letterContent } from './letter.ts'
import { agedCanary, peerDuty, peerMessage, peerSilence } from './peer.ts'
import { decisions } from './phone-keys.ts'
import { pressResults } from './press-results.ts'
import { replyAnswer } from './reply-answer.ts'
import { severity } from './words.ts'

/** `project#generation#groupKey`. */
const incident = z
  .string()
  .check(z.maxLength(400), z.regex(/^[^#]+#\d+#./s, 'an incident reads project#generation#key'))

/** HMAC of a phone number: no number travels through a queue. */
const phoneHash = text(8, 64)

/** Counts the calls of a person, or the turns of a recipient's queue. */
const seq = z.int().check(z.positive())

/**
 * One escalation step of an incident. It counts only while the incident is at `step`; a stale one is a no-op. Without one it counts
 * whichever the incident is at: it is to find out whether it pages now.
 */
const step = z.object({
  v: z.literal(1),
  kind: z.literal('step'),
  incident,
  step: z.optional(z.int().check(z.positive())),
})

/** A request to a person's phone line to be called about an incident, by the incident's decision `step`. */
const call = z.object({
  v: z.literal(1),
  kind: z.literal('call'),
  phoneHash,
  incident,
  step: z.int().check(z.positive()),
  /** The person is called about the worst first. */
  severity,
})

/** A person's phone line looks at its call `seq` again: the durable deadline behind its vendor's events. */
const phoneLine = z.object({
  v: z.literal(1),
  kind: z.literal('phone-line'),
  phoneHash,
  seq,
})

/** A key that somebody pressed in their call `seq`, and that could not be written down at that moment. */
const key = z.object({
  v: z.literal(1),
  kind: z.literal('key'),
  phoneHash,
  seq,
  contactId: text(1, 256),
  /** As it was pressed, and what it means in the calls of that route. */
  key: z.string().check(z.regex(/^[\d*#]$/)),
  decision: z.enum(decisions),
})

/** A recipient's queue has its turn `seq`. */
const post = z.object({
  v: z.literal(1),
  kind: z.literal('post'),
  /** Type of the channel and a hash that stands for its key. */
  recipient: text(3, 300),
  seq,
})

/** No receipt of a text has come: its vendor is to be asked what became of it. */
const textMessage = z.object({
  v: z.literal(1),
  kind: z.literal('text'),
  /** Type of the channel, and the vendor's id of the text. */
  vendor: text(1, 60),
  id: text(1, 256),
})

/** What came of somebody's text, to be told to them by text. */
const answer = z.object({
  v: z.literal(1),
  kind: z.literal('answer'),
  project: text(1, 64),
  contact: text(1, 64),
  answer: replyAnswer,
})

/** What became of somebody's press on a button of a chat's card, to be told to them alone. */
const press = z.object({
  v: z.literal(1),
  kind: z.literal('press'),
  /** The channel's name, and the id by which its chat knows who pressed. */
  channel: text(1, 60),
  to: text(1, 200),
  /** `press` of messages/card.ts; the name is whose press, or whose incident, it is. */
  result: z.enum(pressResults),
  name: z.optional(text(1, 200)),
})

/** What was said of duty by hand is to be told to other regions by whoever can. */
const duty = z.object({ v: z.literal(1), kind: z.literal('duty') })

/** A subscriber of a status page may have something to be told. */
const subscriber = z.object({
  v: z.literal(1),
  kind: z.literal('subscriber'),
  page: text(1, 64),
  /** What it is kept by: no address travels through a queue. */
  subscriber: text(1, 64),
})

/** Words to one person, by the first of their own channels that takes them. They page nobody. */
const letter = z.object({
  v: z.literal(1),
  kind: z.literal('letter'),
  project: text(1, 64),
  contact: text(1, 64),
  content: letterContent,
  /** Where they answer it. */
  url: text(1, 400),
  /** Later than this it is of no use. */
  until: instant,
})

/**
 * What `page` takes: from the escalation queue, and what is for subscribers of a status page from theirs. Keys that this release does not
 * know are a later one's, and passed over.
 */
export const escalationMessage = z.discriminatedUnion('kind', [
  step,
  call,
  phoneLine,
  key,
  post,
  textMessage,
  answer,
  press,
  subscriber,
  letter,
  duty,
  peerMessage,
  peerDuty,
  peerSilence,
  agedCanary,
])
export type AnswerMessage = z.infer<typeof answer>
export type LetterMessage = z.infer<typeof letter>
export type EscalationMessage = z.infer<typeof escalationMessage>
/** What waits on the escalation queue. */
export type EscalationKind = Exclude<EscalationMessage['kind'], 'subscriber'>
export type SubscriberMessage = z.infer<typeof subscriber>
export type PressAnswer = z.infer<typeof press>
