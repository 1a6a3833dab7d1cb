/** What may be done when people of a schedule hand over. */
export const handoffDuties = ['tell', 'prove'] as const
export type HandoffDuty = (typeof handoffDuties)[number]
