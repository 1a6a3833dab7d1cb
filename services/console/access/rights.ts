import { type CompiledGrant, type Role, roles } from '../../../shared/contracts/compiled-config.ts'
import type { Instant } from '../../../shared/contracts/words.ts'

/** Somebody who has signed in, as their provider knows them. */
export interface Person {
  /** The provider and its own name for them: never the same for two people. */
  id: string
  name: string
  /** Only an address that the provider has verified, in small letters. */
  email?: string
  /** Those that roles are given to. */
  groups: string[]
  /** Other names that roles are given to. */
  keys?: string[]
  /** The contact who is known by one of these. */
  contact?: string
  /** When they signed in. */
  since?: Instant
}

/** What somebody may do. */
export interface Rights {
  /** In a project; without one, in all of them and in what belongs to none. */
  can(role: Role, project?: string): boolean
  /** In any project at all. */
  some(role: Role): boolean
}

/** Whether somebody may do so in all of some projects; undefined: what may be for any is for those who may in all. */
export function canInAll(role: Role, projects: string[] | undefined, { can }: Rights): boolean {
  return projects?.every((project) => can(role, project)) ?? can(role)
}

/** On one machine whoever reaches it may do everything. */
export const allRights: Rights = { can: () => true, some: () => true }

/** What the grants that are meant for somebody allow. */
export function rightsOf(grants: CompiledGrant[]): Rights {
  const ranked = (role: Role) => grants.filter((grant) => roles.indexOf(grant.role) >= roles.indexOf(role))
  return {
    can: (role, project) =>
      ranked(role).some(
        ({ projects }) => projects === undefined || (project !== undefined && projects.includes(project)),
      ),
    some: (role) => ranked(role).length > 0,
  }
}

/** The grants that are meant for a person. */
export function grantsOf(
  { email, groups, keys = [] }: Pick<Person, 'email' | 'groups' | 'keys'>,
  grants: CompiledGrant[],
): CompiledGrant[] {
  const names = [
    ...(email === undefined ? [] : [email, email.slice(email.lastIndexOf('@'))]),
    ...groups.map((group) => `group:${group}`),
    ...keys,
  ]
  return grants.filter(({ who = [] }) => who.some((one) => names.includes(one)))
}
