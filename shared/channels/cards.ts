import type { Instant } from '../contracts/words.ts'
import type { ChannelMemory } from './channel.ts'
import { fingerprint } from './robot.ts'

/** So many cards of an incident are changed at its end, the newest first. */
const MOST_CARDS = 10

/** Whose cards: those of an incident, sent by one robot or application. */
export interface CardsOf {
  incident: string
  sender: string
}

/** A message with a button that was sent, and that by which it may be changed. */
export interface SentCard {
  task: string
  code: string
}

/**
 * Keeps by what an incident's card may be changed `until` then; the newest replaces what was known of it. Two at once may lose one: then
 * that card keeps its button, which says who has it.
 */
export async function keepCard(of: CardsOf, card: SentCard, memory: ChannelMemory, until: Instant): Promise<void> {
  const others = (await cardsOf(of, memory)).filter(({ task }) => task !== card.task)
  await memory.write(nameOf(of), JSON.stringify([card, ...others].slice(0, MOST_CARDS)), until)
}

/** Takes what is kept of an incident's cards: each is good for one change. */
export async function takeCards(of: CardsOf, memory: ChannelMemory, until: Instant): Promise<SentCard[]> {
  const cards = await cardsOf(of, memory)
  if (cards.length > 0) await memory.write(nameOf(of), '[]', until)
  return cards
}

async function cardsOf(of: CardsOf, memory: ChannelMemory): Promise<SentCard[]> {
  const kept = await memory.read(nameOf(of))
  return kept === undefined ? [] : (JSON.parse(kept) as SentCard[])
}

function nameOf({ incident, sender }: CardsOf): string {
  return `card#${fingerprint(`${sender}#${incident}`)}`
}
