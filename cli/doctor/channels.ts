import type { Descriptor } from '../../shared/channels/channel.ts'
import type { Diagnosed } from '../../shared/channels/diagnoses/diagnosis.ts'
import type { Examination } from '../../shared/channels/diagnoses/finding.ts'
import { found as queued } from '../../shared/channels/diagnoses/receipt-queues-findings.ts'
import { reachOf } from '../../shared/channels/reach.ts'
import { queuesOf } from '../../shared/channels/receipts/receipt-queues.ts'
import { receiptsAddress } from '../../shared/channels/receipts/receipts-address.ts'
import { channels } from '../../shared/channels/registered/channels.ts'
import { textReceipts } from '../../shared/channels/registered/text-receipts.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import type { CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import type { Reach } from '../../shared/contracts/reach.ts'
import { routeFor } from '../../shared/contracts/route-for.ts'
import { asWritten, type Bilingual } from '../../shared/contracts/words.ts'
import { found } from '../words/findings/channels.ts'
import { addressOn } from './addresses.ts'
import type { Area } from './finding.ts'
import { type Patient, routesOf, settingsOf } from './patient.ts'
import { phonesOf } from './people.ts'

/** Whether each voice route would ring: what that is, the route's own descriptor knows. */
export const phone: Area = {
  name: 'phone',
  examinations: async (patient) =>
    several(routesOf('phone', patient), async (route) => {
      const voice = voiceRoutes[route.type]
      const sandbox = onStack(routed(route), voice, 'calls', patient)
      if (sandbox !== undefined) return [sandbox]
      const diagnosis = await voice?.diagnose?.()
      if (diagnosis === undefined) return [unknown(routed(route), 'only-by-calling')]
      const numbers = () => numbersOf('phone', route, patient)
      return diagnosis.diagnose({ ...diagnosed(route.to, route, patient), numbers, atOnce: atOnce(patient) }, patient)
    }),
}

/** The numbers of everybody that try this route first. */
async function numbersOf(channel: 'phone' | 'sms', route: CompiledRoute, patient: Patient): Promise<string[]> {
  const routes = routesOf(channel, patient)
  return (await phonesOf(patient)).filter((number) => routeFor(routes, number)[0] === route)
}

/** All of a layer are called together. */
function atOnce({ config }: Patient): number {
  const layers = Object.values(config.policies).flatMap((policy) => policy.layers)
  return Math.max(1, ...layers.map(({ page }) => page.length))
}

/** Approval of templates and signatures of each text route, and how what became of texts gets here. */
export const sms: Area = {
  name: 'sms',
  examinations: async (patient) =>
    several(routesOf('sms', patient), async (route) => [
      ...(await examine(routed(route), route.to, route, 'sends', patient, () => numbersOf('sms', route, patient))),
      ...receiptsOf(route, patient),
    ]),
}

function receiptsOf({ to, type, settings }: CompiledRoute, patient: Patient): Examination[] {
  const channel = channels[type]
  const isPosted = 'readTexts' in (textReceipts[type] ?? {})
  if (!isPosted || channel === undefined || addressOn(patient.stack, channel)) return []
  return [
    {
      subject: { en: `route ${to} receipts`, zh: `线路 ${to} 回执` },
      ask: async () => {
        const address = receiptsAddress(type, await patient.channelEnv())
        if (address === undefined) return found('no-receipts-address')
        const read = queuesOf(type, settings)
        return read === undefined ? found('receipts', address) : queued('read', read, address)
      },
    },
  ]
}

/** The keys of group robots, by a post that can't appear in the group. */
export const robots: Area = { name: 'robots', examinations: (patient) => channelsOf('chat', 'posts', patient) }

/** Connection, TLS and login of each mail server; no mail is sent. */
export const mail: Area = { name: 'mail', examinations: (patient) => channelsOf('email', 'sends', patient) }

function channelsOf(reach: Reach, does: Sending, patient: Patient): Promise<Examination[]> {
  const wanted = Object.values(patient.config.channels).filter(({ type }) => {
    const channel = channels[type]
    return channel !== undefined && reachOf(channel) === reach
  })
  return several(wanted, (channel) => examine(asWritten(channel.name), channel.name, channel, does, patient))
}

async function examine(
  subject: Bilingual,
  name: string,
  { type, settings }: Written,
  does: Sending,
  patient: Patient,
  numbers?: () => Promise<string[]>,
): Promise<Examination[]> {
  const channel = channels[type]
  const sandbox = onStack(subject, channel, does, patient)
  if (sandbox !== undefined) return [sandbox]
  const diagnosis = await channel?.diagnose?.()
  if (diagnosis === undefined) return [unknown(subject, 'only-by-sending')]
  return diagnosis.diagnose({ ...diagnosed(name, { type, settings }, patient), ...(numbers && { numbers }) }, patient)
}

type Sending = 'sends' | 'posts'
type Written = Pick<CompiledRoute, 'type' | 'settings'>

function diagnosed(name: string, { settings }: Written, patient: Patient): Diagnosed<unknown> {
  return { name, written: settings, settings: () => settingsOf(settings, patient) }
}

/** On the local stack a channel or route has its own sandbox, which is not looked at. */
function onStack(
  subject: Bilingual,
  descriptor: Descriptor<unknown> | undefined,
  does: Sending | 'calls',
  { stack }: Patient,
): Examination | undefined {
  const sandbox = descriptor && addressOn(stack, descriptor)
  return sandbox === undefined ? undefined : { subject, ask: async () => found('sandbox', does, sandbox) }
}

function unknown(subject: Bilingual, why: 'only-by-sending' | 'only-by-calling'): Examination {
  return { subject, ask: async () => found(why) }
}

function routed({ to }: CompiledRoute): Bilingual {
  return { en: `route ${to}`, zh: `线路 ${to}` }
}

async function several<T>(all: T[], examinations: (one: T) => Promise<Examination[]>): Promise<Examination[]> {
  return (await Promise.all(all.map(examinations))).flat()
}
