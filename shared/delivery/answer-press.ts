import { ownProperty } from '../contracts/own-property.ts'
import type { PressAnswer } from '../contracts/step.ts'
import { pressedText } from '../messages/card.ts'
import type { StoreIo } from '../store/io.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/** Whoever has pressed looks at the card: later than this they have gone on, ms. */
const ANSWER_MS = 3_000

/** Tells whoever pressed a card's button what became of it, once. It is no page: what fails is logged, and the card says it as well. */
export async function answerPress(answer: PressAnswer, deps: GatewayDeps, io: StoreIo): Promise<void> {
  const { channel: name, to, result, name: who } = answer
  const { type = '', settings: written } = ownProperty(deps.config.channels, name) ?? {}
  const channel = ownProperty(deps.channels, type)
  const { settings, unset } = resolved(written, deps)
  if (channel?.answerPress === undefined || unset !== undefined) return
  const text = pressedText({ result, ...(who !== undefined && { name: who }) }, deps.config.language)
  const delivery = await channel.answerPress(to, text, settings, channelIo(type, deps, io, ANSWER_MS))
  if (delivery.status !== 'sent') io.log({ level: 'warn', event: 'press not answered', channel: name, ...delivery })
}
