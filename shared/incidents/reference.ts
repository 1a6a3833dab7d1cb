/** What names an incident in messages and links: one generation of a (project, group key). */
export interface IncidentReference {
  project: string
  generation: number
  groupKey: string
}

/** Writes a reference as `project#generation#groupKey`; a group key may itself hold `#`. */
export function formatReference({ project, generation, groupKey }: IncidentReference): string {
  return `${project}#${generation}#${groupKey}`
}

/** The project that a reference begins with. */
export function projectOf(reference: string): string {
  return reference.split('#', 1)[0] ?? ''
}

/** Reads what `formatReference` wrote. Throws on anything else. */
export function parseReference(text: string): IncidentReference {
  const match = /^([^#]+)#(\d+)#(.+)$/s.exec(text)
  const [, project, generation, groupKey] = match ?? []
  if (project === undefined || generation === undefined || groupKey === undefined)
    throw new Error(`"${text}" is not an incident: it should read project#generation#key`)
  return { project, generation: Number(generation), groupKey }
}
