import { timingSafeEqual } from 'node:crypto'
import type * as z from 'zod'
import type { VendorFault } from './failures.ts'
import { type MessageOptions, type MessageVendor, startMessageVendor } from './messages.ts'
import type { VendorAnswer, VendorRequest } from './server.ts'

/** Robots of DingTalk and Feishu take a signature for an hour. */
const SIGNATURE_LIFE_MS = 60 * 60_000

/** A robot as its group's owner set it up. */
export interface Robot {
  /** What the address names it by. */
  token: string
  secret?: string
  /** A text without it is refused. */
  keyword?: string
}

export interface RobotOptions<Message> extends MessageOptions<Message> {
  robots: Robot[]
}

/** What is a vendor's own about its robots. */
export interface RobotContract<Message> {
  /** Which robot a request names; undefined: its path is not one of robots. */
  tokenOf(request: VendorRequest): string | undefined
  noSuchRobot: VendorFault
  /** What a known robot is to say, or what is wrong with that: signature, body, keyword, in the vendor's order. */
  read(request: VendorRequest, robot: Robot, now: number): Message | VendorFault
  /** Counts a message of one robot; false when it is one too many. */
  limiter(now: () => number): () => boolean
  tooFast: VendorFault
  accepted: VendorAnswer
  refusal(fault: VendorFault): VendorAnswer
}

/** Starts a vendor of chat robots: each has its address and its own limits, and says what it is told in a POST. */
export function startRobotVendor<Message extends object>(
  contract: RobotContract<Message>,
  options: RobotOptions<Message>,
): Promise<MessageVendor<Message>> {
  const { noSuchRobot, tooFast, accepted, refusal } = contract
  const robots = new Map(options.robots.map((robot) => [robot.token, { robot, passes: contract.limiter(options.now) }]))

  return startMessageVendor(
    {
      tooFast,
      refusal,
      answer(request, { take, refuse }) {
        const token = request.method === 'POST' ? contract.tokenOf(request) : undefined
        if (token === undefined) return { status: 404, body: {} }
        const known = robots.get(token)
        if (known === undefined) return refuse(noSuchRobot)
        const message = contract.read(request, known.robot, options.now())
        if (isFault(message)) return refuse(message)
        if (!known.passes()) return refuse(tooFast)
        take(message)
        return accepted
      },
    },
    options,
  )
}

function isFault(read: object): read is VendorFault {
  return 'code' in read
}

/** The answer of robots that say everything in a 200 with `errcode`. */
export function errcodeAnswer({ code, message }: VendorFault): VendorAnswer {
  return { status: 200, body: { errcode: Number(code), errmsg: message } }
}

/** What is wrong with a body's fields, by the first of them. */
export function fieldFault(code: number, error: z.ZodError): VendorFault {
  const issue = error.issues[0]
  return { code, message: `invalid parameter ${issue?.path.join('.')}: ${issue?.message}` }
}

/** Whether a signature's time is within an hour of `now`, both in ms. */
export function isFresh(timestampMs: number, now: number): boolean {
  return Math.abs(now - timestampMs) <= SIGNATURE_LIFE_MS
}

/** Whether both signatures, in base64, are the same. */
export function isSameSignature(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Whether the robot's keyword stands in what people would read. */
export function hasKeyword({ keyword = '' }: Robot, { title, text }: { title: string; text: string }): boolean {
  return title.includes(keyword) || text.includes(keyword)
}

/** The configured robots of a type that may sign. */
export function configuredRobots(settings: Record<string, unknown>[]): Robot[] {
  return settings.map(({ token, secret }) => ({
    token: String(token),
    ...(secret ? { secret: String(secret) } : {}),
  }))
}
