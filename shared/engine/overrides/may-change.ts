import { OWN_PROJECT } from '../../contracts/compiled-config.ts'

/**
 * Whether somebody may change who is on call where several projects go by it: in each of them they have to be allowed to act. Fenghuo's own
 * project goes along with the others, for it mostly pages by a schedule of theirs.
 */
export function mayChange(projects: string[], mayAct: (project: string) => boolean): boolean {
  const named = projects.filter((project) => project !== OWN_PROJECT)
  return (named.length > 0 ? named : projects).every(mayAct)
}
