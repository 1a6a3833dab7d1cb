import type { Descriptor } from '../../shared/channels/channel.ts'
import { type Examination, skipped } from '../../shared/channels/finding.ts'
import { reachOf } from '../../shared/channels/reach.ts'
import { channels } from '../../shared/channels/registry.ts'
import type { CompiledRoute, Reach } from '../../shared/contracts/compiled-config.ts'
import { addressOn } from './addresses.ts'
import type { Area } from './finding.ts'
import { type Patient, routesOf, settingsOf } from './patient.ts'

/** Approval of templates and signatures of each text route. */
export const sms: Area = {
  name: 'sms',
  examinations: async (patient) =>
    several(routesOf('sms', patient), (route) => examine(`route ${route.to}`, route.to, route, 'sends', patient)),
}

/** The keys of group robots, by a post that can't appear in the group. */
export const robots: Area = { name: 'robots', examinations: (patient) => channelsOf('chat', 'posts', patient) }

/** Connection, TLS and login of each mail server; no mail is sent. */
export const mail: Area = { name: 'mail', examinations: (patient) => channelsOf('email', 'sends', patient) }

function channelsOf(reach: Reach, does: string, patient: Patient): Promise<Examination[]> {
  const wanted = Object.values(patient.config.channels).filter(({ type }) => {
    const channel = channels[type]
    return channel !== undefined && reachOf(channel) === reach
  })
  return several(wanted, (channel) => examine(channel.name, channel.name, channel, does, patient))
}

/** On the local stack a channel has its own sandbox, which is not looked at. */
async function examine(
  subject: string,
  name: string,
  { type, settings }: Pick<CompiledRoute, 'type' | 'settings'>,
  does: string,
  patient: Patient,
): Promise<Examination[]> {
  const channel: Descriptor<unknown> | undefined = channels[type]
  const sandbox = channel && addressOn(patient.stack, channel)
  if (sandbox !== undefined) return [{ subject, look: async () => skipped(`the local stack ${does} to ${sandbox}`) }]
  const diagnosis = await channel?.diagnose?.()
  if (diagnosis === undefined) return [{ subject, look: async () => skipped('nothing tells without sending') }]
  const of = { name, written: settings, settings: () => settingsOf(settings, patient) }
  return diagnosis.diagnose(of, patient)
}

async function several<T>(all: T[], examinations: (one: T) => Promise<Examination[]>): Promise<Examination[]> {
  return (await Promise.all(all.map(examinations))).flat()
}
