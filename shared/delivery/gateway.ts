import type { Delivery } from '../channels/channel.ts'
import type { Failure } from '../contracts/failure.ts'
import type { Delivered, Entry } from '../contracts/machine.ts'
import type { AnswerMessage, LetterMessage, PressAnswer, SubscriberMessage } from '../contracts/step.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import type { PhoneLineEffect, PhoneLineEvent } from '../phoneline/phone-line.ts'
import type { SentText, TextEnd } from '../store/sent-texts.ts'
import type { Pace } from './recipient-queue/pace.ts'
import type { RecipientQueue, RecipientQueueEvent } from './recipient-queue/queue.ts'

/** The notice is for its recipient's queue, whose next turn comes after so long. */
export type Waits = {
  status: 'waits'
  /** It may have been posted. */
  repeat: boolean
  recipient: string
  pace: Pace
  afterMs: number
  /** Its vendor has refused it for now. */
  refused?: Failure
}

/** What reaches out to people: messages and calls. Rejections mean that nothing was done. */
export interface Gateway {
  /** What a notice will need may be asked for while it is being written that it goes out, such as room in a robot's rate limit. */
  prefetch?(effect: NoticeEffect): void
  notice(
    effect: NoticeEffect,
    entry: Entry<NoticeEffect>,
    incident: Incident,
  ): Promise<Delivered<IncidentEvent> | Waits>
  /** What a recipient's turn `seq` is to tell of what waits; asked again when the queue has changed meanwhile. */
  turn(seq: number): (queue: RecipientQueue | undefined) => Promise<RecipientQueueEvent>
  /** Posts the first message of a recipient's turn. */
  post(queue: RecipientQueue, uncertain: boolean): Promise<Delivered<RecipientQueueEvent>>
  dial(effect: Extract<PhoneLineEffect, { type: 'dial' }>, uncertain: boolean): Promise<Delivered<PhoneLineEvent>>
  /** Tells whoever pressed a card's button what became of it. Never rejects: a failure costs nothing, for the card says it as well. */
  answerPress(answer: PressAnswer): Promise<void>
  /** Asks the vendor of a text what became of it; undefined: nobody knows, or not yet. Rejects when the directory does. */
  receipt(text: SentText): Promise<TextEnd | undefined>
  /** Tells whoever acted by a text what came of it, once: who can't be told hears of it as everybody does. */
  answer(message: AnswerMessage): Promise<Delivery>
  /** Sends a subscriber of a status page the next thing that it has not been sent. Rejects when the table does. */
  subscriber(message: SubscriberMessage): Promise<void>
  /** Sends somebody a letter, once, by the first of their channels that takes it. Rejects when the directory does. */
  letter(message: LetterMessage): Promise<Delivery>
  stop(effect: Extract<PhoneLineEffect, { type: 'stop' }>, tries: number): Promise<Delivered<PhoneLineEvent>>
}
