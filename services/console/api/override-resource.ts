import type * as z from 'zod/mini'
import { overrideText } from '../../../shared/oncall/override.ts'
import type { Override } from '../../../shared/oncall/plan.ts'
import type { override as overrideSchema } from './schemas/overrides.ts'

type Resource = z.infer<typeof overrideSchema>

/** As programs write what an override says without its time. */
type OverrideKind = Pick<Resource, 'kind' | 'schedule' | 'contact' | 'for' | 'with'>

/** An override as programs get it. */
export function overrideResource(of: Override, projects: string[]): Resource {
  const { from, to, note, made } = of
  return {
    ...kindOf(of),
    from,
    to,
    ...(note !== undefined && { note }),
    ...(made && { id: made.id, by: made.by, madeAt: new Date(made.at).toISOString() }),
    projects,
    text: overrideText(of),
  }
}

/** What an override says without its time. */
export function kindOf(of: Override): OverrideKind {
  if ('away' in of) return { kind: 'away', contact: of.away }
  const { schedule } = of
  if ('add' in of) return { kind: 'add', schedule, contact: of.add }
  if ('remove' in of) return { kind: 'remove', schedule, contact: of.remove }
  if ('swap' in of) return { kind: 'swap', schedule, contact: of.swap[0], with: of.swap[1] }
  return { kind: 'contact', schedule, contact: of.contact, ...(of.for !== undefined && { for: of.for }) }
}

/** The same, as it is kept. */
export function overrideIn({ from, to, note, ...of }: OverrideKind & Pick<Resource, 'from' | 'to' | 'note'>): Override {
  const { kind, schedule = '', contact } = of
  const spell = { from, to, ...(note && { note }) }
  switch (kind) {
    case 'away':
      return { away: contact, ...spell }
    case 'add':
      return { schedule, add: contact, ...spell }
    case 'remove':
      return { schedule, remove: contact, ...spell }
    case 'swap':
      return { schedule, swap: [contact, of.with ?? ''], ...spell }
    case 'contact':
      return { schedule, contact, ...(of.for !== undefined && { for: of.for }), ...spell }
  }
}
