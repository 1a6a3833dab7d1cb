import { contactFlowId } from '../../local/resources.ts'
import type { Sandboxes } from '../../local/sandboxes.ts'
import type { Call, ChannelIo, VoiceRoute } from '../../shared/channels/channel.ts'
import { withValues } from '../../shared/channels/references.ts'
import type { CompiledChannel, CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import type { Failure } from '../../shared/contracts/failure.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { ofKind } from '../../shared/incidents/notice-kinds.ts'
import type { Message } from '../../shared/messages/message.ts'
import { sayPage } from '../../shared/messages/voice.ts'
import { voiceSlots } from '../../shared/messages/voice-templates.ts'

/** What a voice route of any prefix is configured with, alone: its example, with the approved texts of a language. */
export function configuredRoute({ type, example, settings }: VoiceRoute<unknown>, language: Language): CompiledChannel {
  const { templates, ...rest } = Object(example) as { templates?: Record<string, unknown> }
  const [codes] = Object.values(templates ?? {})
  const parsed = settings.parse({ ...rest, ...(codes !== undefined && { templates: { [language]: codes } }) })
  return { name: type, type: 'phone', settings: { routes: [{ to: '+', type, settings: parsed }] } }
}

/** The call that a message is to somebody whom this route can call. */
export function callOf(message: Message, { keys, countries }: VoiceRoute<unknown>, now: Instant): Call {
  const { notice, digest, language } = message
  const notices = digest?.of.map((one) => one.notice) ?? [notice]
  const phone = countries?.includes('+86') ? '+8613800000001' : '+6580000001'
  const of = { phone, language, token: 'preview', name: 'preview', phoneHash: 'preview', seq: 1 }
  return { ...of, message: sayPage(notices, language, now, keys), slots: voiceSlots(notices, language, now) }
}

/** What whoever answers this call hears first, from the sandbox of its route's vendor; or why it is not placed. */
export async function heardIn(
  call: Call,
  route: VoiceRoute<unknown>,
  { config, env, phones }: Sandboxes,
  io: ChannelIo,
): Promise<{ said: string } | { failure: Failure }> {
  const { routes } = config.channels[route.type]?.settings as { routes: CompiledRoute[] }
  const { value: settings } = withValues(routes[0]?.settings, env)
  const placed = await route.place(call, settings, { ...io, env: { ...io.env, CONTACT_FLOW_ID: contactFlowId } })
  if (placed.status !== 'placed') return { failure: placed.failure }
  const { contactId } = placed
  await phones.answer(contactId)
  phones.hangUp(contactId)
  const { transcript = [] } = phones.calls.find((one) => one.contactId === contactId) ?? {}
  return { said: transcript[0]?.text ?? '' }
}

/** Whether somebody is called to be told this. */
export function isCalledFor({ notice }: Message): boolean {
  return ofKind(notice.kind).namesCalled === true
}
