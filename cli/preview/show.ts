import { createJournal, type SentMessage } from '../../local/journal.ts'
import { localRole } from '../../local/resources.ts'
import { startSandboxes } from '../../local/sandboxes.ts'
import type { Call, Channel, ChannelIo } from '../../shared/channels/channel.ts'
import { withValues } from '../../shared/channels/references.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import type { CompiledChannel, CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Failure } from '../../shared/contracts/failure.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { failureText } from '../../shared/messages/failure.ts'
import type { Message } from '../../shared/messages/message.ts'
import { callOf, configuredRoute, heardIn, isCalledFor } from './calls.ts'

/** What can be shown: each type of channel, and each way to make phones ring. */
export const shownTypes = [...Object.keys(channels), ...Object.keys(voiceRoutes)]

/** A message as one channel's readers see it, or as whoever answers the phone hears it. */
export interface Bubble {
  type: string
  title: string
  /** None where the channel does not tell of this, or its vendor would refuse it. */
  messages: Pick<SentMessage, 'text' | 'format'>[]
  /** Why it tells of nothing, or what its vendor would refuse. */
  why?: string
}

const bare: CompiledConfig = {
  language: 'en',
  timezone: 'UTC',
  vantages: {},
  groups: {},
  projects: {},
  policies: {},
  channels: {},
  checks: [],
}

/** What a function's role has in its environment, as sandboxes take it. */
const role = { AWS_REGION: 'ap-southeast-1', ...localRole }

/** A vendor has so long for one message, ms. */
const PATIENCE_MS = 10_000

/**
 * A message as each of these channels and voice routes sends it and its vendor takes it: through its own code to a sandbox on this machine,
 * which refuses what the vendor would. Nothing leaves the machine.
 */
export async function bubblesOf(types: string[], message: Message, now: () => Instant): Promise<Bubble[]> {
  const journal = createJournal()
  const got: SentMessage[] = []
  journal.listen((event) => event.type === 'message' && got.push(event.message))
  const { language } = message
  const wanted = types.flatMap((type) => channels[type] ?? [])
  const routes = types.flatMap((type) => voiceRoutes[type] ?? [])
  const all = [
    ...wanted.map((channel) => configured(channel, language)),
    ...routes.map((route) => configuredRoute(route, language)),
  ]
  let answered: Call | undefined
  const sandboxes = await startSandboxes({
    config: { ...bare, language, channels: Object.fromEntries(all.map((one) => [one.name, one])) },
    env: {},
    region: role.AWS_REGION,
    journal,
    now,
    speaking: false,
    invokeLambda: async () => ({ result: 'ok', say: answered?.message }),
    emit: async () => {},
    postReceipts: async () => {},
  })
  const io = (): ChannelIo => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    return { now, fetch, env: { ...role, ...sandboxes.env }, signal }
  }
  const whyNot = (failure: Failure) => ({ why: failureText(failure, language) })
  try {
    const bubbles: Bubble[] = []
    for (const { type, title, send, notTo } of wanted) {
      const { value: settings } = withValues(sandboxes.config.channels[type]?.settings, sandboxes.env)
      const to = {
        phone: notTo?.includes('+86') ? '+6580000001' : '+8613800000001',
        email: 'lin@example.com',
        people: {},
      }
      const delivery = await send(message, to, settings, io())
      const messages = got.splice(0).filter(({ refused }) => refused === undefined)
      const why = 'failure' in delivery && whyNot(delivery.failure)
      bubbles.push({ type, title: title[language], messages, ...why })
    }
    for (const route of routes) {
      const of = { type: route.type, title: route.title[language] }
      answered = callOf(message, route, now())
      const heard = isCalledFor(message) ? await heardIn(answered, route, sandboxes, io()) : NO_CALL
      if ('failure' in heard) bubbles.push({ ...of, messages: [], ...whyNot(heard.failure) })
      else bubbles.push({ ...of, messages: [{ text: heard.said, format: 'text' }] })
    }
    return bubbles
  } finally {
    await sandboxes.stop()
  }
}

const NO_CALL: { failure: Failure } = { failure: { class: 'no-text' } }

function configured(channel: Channel<unknown>, language: Language): CompiledChannel {
  const { type, example: plain, exampleWithButtons: example = plain } = channel
  // Approved templates have one language, whatever the reader's is; other channels have no such setting.
  const spoken = channel.settings.safeParse({ ...example, language })
  return { name: type, type, settings: spoken.success ? spoken.data : channel.settings.parse(example) }
}
