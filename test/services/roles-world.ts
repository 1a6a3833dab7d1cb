import type { ConsoleDeps } from '../../services/console/deps.ts'
import { type CompiledGrant, roles } from '../../shared/contracts/compiled-config.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { keepSilence } from '../../shared/store/silences.ts'
import { changeSwap } from '../../shared/store/swaps.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { checksFrom, type Probes } from '../engine/probes.ts'
import { directory } from '../engine/world.ts'
import { places, watching } from './past-hours.ts'

const SRE = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' }
const people: Directory = { ...directory, schedules: { secret_sre: SRE } }
const nobody: Directory = { contacts: { zhou: { name: '周' } }, schedules: {}, overrides: [] }
export const turn = { from: '2026-11-23 10:00', to: '2026-11-24 10:00' }

/** Who asks: every role, in this project, in the other one, and in all; a program by a token, a person by an address. */
export const askers = roles.flatMap((role) =>
  (['pay', 'shop', 'all'] as const).map((of) => {
    const token = `a-token-of-a-${role}-of-${of}`
    const email = `${role}-of-${of}@example.com`
    const grant: CompiledGrant = { role, tokens: [token], who: [email], ...(of !== 'all' && { projects: [of] }) }
    return { role, of, token, email, grant }
  }),
)

/** Whatever is of `pay` says so: its incident, silence, swap, check and schedule. */
export const OF_PAY = /secret|pay\/web|"pay"|支付|林悦/

/** A world in which all that there can be is of `pay`, a console of it for the askers, and all that may have been changed. */
export async function rolesWorld(): Promise<{ world: Probes; mounted: Partial<ConsoleDeps>; state(): string }> {
  const world = watching(checksFrom(['web'], [places[0] ?? '']), [places[0] ?? ''])
  await world.alert('trigger', { title: 'secret incident' })
  await world.settle()
  const silence = { id: 's1', startsAt: world.now, endsAt: world.now + 3_600_000, by: '林悦', changedAt: world.now }
  const matchers = [[{ name: 'project', is: '=' as const, value: 'pay' }]]
  await keepSilence({ ...silence, matchers, comment: 'secret silence' }, world.io())
  const swap = { id: 'w1', schedule: 'secret_sre', by: 'lin', to: 'wang', mine: turn, shifts: '[]' }
  await changeSwap('w1', () => ({ ...swap, at: world.now, until: world.now + 86_400_000, state: 'asked' }), world.io())
  const contacts = new MemoryContacts({ pay: people, shop: nobody })
  const sent: unknown[] = []
  const mounted: Partial<ConsoleDeps> = {
    access: { access: askers.map(({ grant }) => grant) },
    directory: async (name) => (name === 'pay' ? people : nobody),
    regions: async () => [{ region: 'local', contacts }],
    queueDesk: async () => ({
      depths: async () => ({}),
      look: async () => ({ letters: [], all: true }),
      sendBack: async (...letter) => {
        sent.push(letter)
        return { sent: 0 }
      },
    }),
  }
  /** All but for what the audit has of it. */
  const state = () =>
    JSON.stringify([[...world.incidents.rows].filter(([key]) => !key.startsWith('audit#')), contacts.written, sent])
  return { world, mounted, state }
}
