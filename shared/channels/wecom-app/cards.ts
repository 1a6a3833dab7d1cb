import type { Instant } from '../../contracts/words.ts'
import type { ChannelMemory } from '../channel.ts'
import { fingerprint } from '../robot.ts'

/** A response code changes its card once, within 72 hours (developer.work.weixin.qq.com, 更新模版卡片消息, 94888). */
const CODE_MS = 72 * 3_600_000

/** So many cards of an incident are changed at its end, the newest first. */
const MOST_CARDS = 10

/** A card that was sent, and the newest code by which it may be changed once. */
export interface SentCard {
  task: string
  code: string
}

/** Keeps the newest code of an incident's card. Two at once may lose one: then that card keeps its button, which says who has it. */
export async function keepCard(incident: string, card: SentCard, memory: ChannelMemory, now: Instant): Promise<void> {
  const others = (await cardsOf(incident, memory)).filter(({ task }) => task !== card.task)
  await memory.write(nameOf(incident), JSON.stringify([card, ...others].slice(0, MOST_CARDS)), now + CODE_MS)
}

/** Takes the codes of an incident's cards, each of which is good for one change. */
export async function takeCards(incident: string, memory: ChannelMemory, now: Instant): Promise<SentCard[]> {
  const cards = await cardsOf(incident, memory)
  if (cards.length > 0) await memory.write(nameOf(incident), '[]', now + CODE_MS)
  return cards
}

async function cardsOf(incident: string, memory: ChannelMemory): Promise<SentCard[]> {
  const kept = await memory.read(nameOf(incident))
  return kept === undefined ? [] : (JSON.parse(kept) as SentCard[])
}

function nameOf(incident: string): string {
  return `card#${fingerprint(incident)}`
}
