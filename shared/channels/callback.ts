import type { Instant, Language } from '../contracts/words.ts'
import type { CardAct, PressResult } from '../messages/card.ts'
import type { ChannelMemory } from './channel.ts'

/** What a vendor sends to our address: a test of it, or that somebody has pressed a card's button. */
export interface CallbackRequest {
  method: string
  query: URLSearchParams
  /** Names are in lower case. */
  headers: Record<string, string>
  /** As it was sent: signatures are over it. */
  body: string
}

export interface CallbackAnswer {
  status: number
  type: 'text/plain' | 'application/xml' | 'application/json'
  body: string
}

/** Who has pressed the button of which card. */
export interface Press {
  /** What the button carries: the token of an acknowledge link. Absent: it was kept, under this name, when the card was sent. */
  token?: string
  kept?: string
  /** What the button does; absent: it acknowledges. */
  act?: CardAct
  /** The same for every time that the vendor brings this press. */
  once?: string
  /** The id by which the chat knows them: that of the contact with it is compared, without regard to case. */
  id: string
  /** Another id by which the chat knows them, where it has two. */
  otherId?: string
  /** Keeps what the vendor has told beside that, for whoever changes the card of this incident later. */
  keep?(incident: string, memory: ChannelMemory): Promise<void>
  /** The id by which the chat is told what became of the press, to whoever pressed alone: what it is answered, nobody reads. */
  answerTo?: string
  /** What to answer the vendor, which may be what the presser reads. */
  answer(result: PressResult, language: Language): CallbackAnswer
}

/** What somebody has written to an application of ours. */
export interface Writing {
  text: string
  /** The id by which the chat knows them. */
  id: string
  /** The same for every time that the vendor brings it. */
  once: string
  /** What to answer the vendor, so that they read these words. */
  say(words: string): CallbackAnswer
}

/** How a vendor's callbacks are verified and read. */
export interface CallbackReader<Settings> {
  /** The contacts' key by whose values presses are told apart. */
  addressKey: string
  /** `random`: a text of at least 16 characters that nobody has had before. Throws nothing: whatever is not the vendor's is refused. */
  read(request: CallbackRequest, settings: Settings, now: Instant, random: string): Press | Writing | CallbackAnswer
}

/**
 * What a channel whose cards have buttons says of them, in its `callbacks.ts`. It stands apart from the descriptor because the function
 * that hears of presses sends nothing.
 */
export interface Callbacks {
  /** The settings that reading needs, all of them: whoever takes callbacks has no others. */
  settings: readonly string[]
  /** Loaded when one comes. */
  reader(): Promise<CallbackReader<never>>
}

/** Refuses what is not signed by the vendor. */
export const FORBIDDEN: CallbackAnswer = { status: 403, type: 'text/plain', body: '' }

/** Takes what nobody has to act on. */
export const NOTHING: CallbackAnswer = { status: 200, type: 'text/plain', body: '' }
