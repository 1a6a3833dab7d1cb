/** Classes of failures that need no argument to be told. */
export type PlainFailureClass =
  // The way to the vendor.
  /** No connection came about, so nothing was sent. */
  | 'unreachable'
  /** The vendor's certificate doesn't hold, so nothing was sent. */
  | 'certificate'
  /** No answer in time: the vendor may have acted. */
  | 'timeout'
  /** The connection broke before the answer: the vendor may have acted. */
  | 'lost-answer'
  /** An answer that is none of the vendor's: it may have acted. */
  | 'unreadable-answer'
  // What a vendor says.
  /** Refused with a code that our tables don't have. */
  | 'refused'
  /** For now, or the vendor is in trouble itself. */
  | 'busy'
  /** Too many requests in a short time. */
  | 'rate-limited'
  /** A quota of the hour, the day or the contract is used up. */
  | 'over-quota'
  | 'no-balance'
  /** No robot, application, instance or flow is known by what is configured. */
  | 'no-such-sender'
  | 'sender-disabled'
  /** The group that the robot posted to is gone, or the vendor knows none of the people. */
  | 'recipient-gone'
  /** The keyword that a robot wants in every post. */
  | 'no-keyword'
  /** A robot's own security: its signature, or whatever of it the vendor's words don't tell. */
  | 'security-setting'
  /** Key, secret, password or token. */
  | 'bad-credentials'
  /** An address inside somebody's network, which a webhook is to reach only when that is meant. */
  | 'private-target'
  /** Whoever the credentials belong to may not do this. */
  | 'not-allowed'
  /** The vendor takes no requests from our address. */
  | 'our-address'
  /** This machine's clock. */
  | 'wrong-clock'
  | 'bad-request'
  /** A word, link or form of the content. */
  | 'content-refused'
  /** The approved signature of text messages. */
  | 'sign-refused'
  | 'template-refused'
  | 'not-at-this-hour'
  | 'no-service-in-region'
  | 'bad-number'
  /** The number is on a list of those that are not to be disturbed. */
  | 'opted-out'
  /** The number's country is not open to calls. */
  | 'country-closed'
  // A telephone line.
  | 'line-busy'
  | 'no-answer'
  /** Switched off, out of coverage, or declined: the network does not tell which. */
  | 'not-reachable'
  | 'line-blocked'
  | 'line-trouble'
  /** A carrier says that a text did not arrive. */
  | 'not-delivered'
  /** Nothing came of the call within its time, and nobody told how it ended. */
  | 'no-word'
  // Ours.
  /** The call waits for other incidents of the same moment, to tell of all. */
  | 'gathering'
  /** The person is being called about something else. */
  | 'in-another-call'
  /** Nobody needed the call any more. */
  | 'called-off'
  /** An error of ours while it was being written or sent. */
  | 'own-error'
  /** There was no time left to try. */
  | 'no-time'
  /** Whoever was sending or dialling has crashed: it may have happened. */
  | 'crashed'
  /** The channel has no words for such a notice. */
  | 'no-text'
  /** No route takes the number. */
  | 'no-route'

/** What the other classes need to be told. */
interface Arguments {
  'http-status': { status: number }
  'too-long': { maxBytes: number }
  /** The vendor is not even asked: it takes no more for this number today. */
  'day-used-up': { perDay: number }
  /** The contact has no such address. */
  'no-address': { of: 'phone' | 'email' | 'wecom' | 'feishu' | 'slack' }
  /** Nobody is known by that key; without one, the person has left. */
  'no-contact': { contact?: string }
  /** No channel is configured by that name. */
  'no-channel': { name: string }
  /** The configuration names a type that this version doesn't have. */
  'no-such-type': { type: string }
  /** Environment variables that are not set, with the key they are used at: `OPS_KEY (key)`. */
  'not-configured': { variables: string[] }
  /** Variables whose store does not answer, as `not-configured` names them. */
  'not-read': { variables: string[] }
  /** No approved template of that name is configured. */
  'no-template': { template: string }
  /** The vendor is not even asked: it takes no more calls to this number in so many ms. */
  'callee-limit': { limit: number; ms: number }
  /** The contact wants no more of it in so many ms (`atMost` of oncall.yml). */
  'own-throttle': { limit: number; ms: number }
  /** Our own limit, which stays below the vendor's. */
  'our-limit': { per: 'second' | 'minute' | 'day'; limit: number }
  /** Each route that was tried refused, in that order. */
  'routes-refused': { each: Failure[] }
}

/** What a vendor answers by the account, whoever is to be reached: until somebody sees to it. */
export const accountFaults = [
  'no-balance',
  'sender-disabled',
  'bad-credentials',
  'template-refused',
  'sign-refused',
] as const satisfies PlainFailureClass[]
export type AccountFault = (typeof accountFaults)[number]

export type FailureClass = PlainFailureClass | keyof Arguments

type Common = {
  /** Who failed: the type of the channel or voice route. Absent when it never came to that. */
  vendor?: string
  /** The vendor's or the network's own code. */
  code?: string
  /** The vendor's own words: at most 200 characters of one line, without control characters. */
  said?: string
  /** How often it was tried within one decision, if more than once. */
  tries?: number
}

/** The failure of one class, with its arguments. */
export type FailureOf<Class extends FailureClass> = Common & { class: Class } & (Class extends keyof Arguments
    ? Arguments[Class]
    : unknown)

/**
 * Why a message or a call came to nothing, or perhaps to nothing. A fact: the words for people are those of
 * `shared/messages/failure.ts`. It holds no phone number, no key and no URL.
 */
export type Failure = FailureOf<PlainFailureClass> | { [Class in keyof Arguments]: FailureOf<Class> }[keyof Arguments]
