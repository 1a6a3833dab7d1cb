import { faultOf, type VendorFault } from './failures.ts'
import type { SandboxMessage } from './sandbox.ts'
import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

/** A message that arrived; `at` is milliseconds since 1970-01-01 UTC. */
export type Received<Message> = Message & { at: number }

/** A refusal; `phone` is the number that it was for, absent when the whole request was refused. */
export interface RefusedMessage extends VendorFault {
  phone?: string
}

/** What the simulator of a vendor of messages tells as it happens. */
export type MessageEvent<Message> =
  | { type: 'message'; at: number; message: Received<Message> }
  | ({ type: 'refused'; at: number } & RefusedMessage)

export interface MessageOptions<Message> extends ServerOptions {
  now(): number
  onEvent?(event: MessageEvent<Message>): void
}

/** The simulator of a vendor of messages. */
export interface MessageVendor<Message> extends VendorServer {
  /** What people saw, oldest first. */
  received: Received<Message>[]
  /** What the vendor said no to, oldest first, planned failures too. */
  refused: RefusedMessage[]
}

/** Where a vendor's contract leaves what becomes of a request. */
export interface Counter<Message> {
  /** The message reaches whom it is for. */
  take(message: Message): void
  /** One of a request's messages is refused, in an answer that goes on. */
  note(refusal: RefusedMessage): void
  /** The request is refused as a whole. */
  refuse(fault: VendorFault): VendorAnswer
}

/** What is a vendor's own: how it judges a request, and the words and shape of its refusals. */
export interface MessageContract<Message> {
  answer(request: VendorRequest, counter: Counter<Message>): VendorAnswer
  tooFast: VendorFault
  refusal(fault: VendorFault): VendorAnswer
}

/** Starts what robots and text messages have in common: a server that can fail as planned, and a record of both outcomes. */
export async function startMessageVendor<Message>(
  { answer, tooFast, refusal }: MessageContract<Message>,
  options: MessageOptions<Message>,
): Promise<MessageVendor<Message>> {
  const received: Received<Message>[] = []
  const refused: RefusedMessage[] = []

  function note(fault: RefusedMessage) {
    refused.push(fault)
    options.onEvent?.({ type: 'refused', at: options.now(), ...fault })
  }

  const counter: Counter<Message> = {
    take(taken) {
      const message = { at: options.now(), ...taken }
      received.push(message)
      options.onEvent?.({ type: 'message', at: message.at, message })
    },
    note,
    refuse(fault) {
      note(fault)
      return refusal(fault)
    },
  }

  const server = await startVendorServer(
    {
      answer: (request) => answer(request, counter),
      refuse: (failure) => counter.refuse(faultOf(failure, tooFast)),
    },
    options,
  )
  return Object.assign(server, { received, refused })
}

/** Brings a vendor's events to whoever watches a sandbox, each message as `shown`. */
export function sandboxTeller<Message>(
  tell: (message: SandboxMessage) => void,
  shown: (message: Message) => Pick<SandboxMessage, 'to' | 'text' | 'format'>,
): (event: MessageEvent<Message>) => void {
  return (event) => {
    const { at } = event
    if (event.type === 'message') return tell({ at, ...shown(event.message) })
    const to = event.phone === undefined ? {} : { to: event.phone }
    tell({ at, ...to, text: '', format: 'text', refused: `${event.code} ${event.message}` })
  }
}

/** A post with its buttons below it, as a sandbox shows it: they are pressed in the chat. */
export function withPresses(text: string, buttons: string[] = []): string {
  return buttons.length === 0 ? text : `${text}\n\n${buttons.map((title) => `[ ${title} ]`).join(' ')}`
}

/** The same with buttons that open links. */
export function withButtons(text: string, buttons: [title: string, url: string][]): string {
  const links = buttons.map(([title, url]) => `[${title}](${url})`)
  return links.length === 0 ? text : `${text}\n\n${links.join(' | ')}`
}
