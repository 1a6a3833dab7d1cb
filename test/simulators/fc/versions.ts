import type * as z from 'zod'
import { Fault, invalid } from './fault.ts'
import type { changedAlias, newAlias } from './rules.ts'
import { timestamp } from './words.ts'

export interface Version<S> {
  versionId: string
  description: string
  createdTime: string
  lastModifiedTime: string
  /** What was published. */
  snapshot: S
}

export interface Alias {
  aliasName: string
  versionId: string
  description: string
  /** The share, 0 to 1, of one other version. */
  additionalVersionWeight: Record<string, number>
  createdTime: string
  lastModifiedTime: string
}

/** What a qualifier stands for: LATEST, or one published version. */
export type Resolved<S> = { versionId: 'LATEST' } | Version<S>

/** The versions and aliases of a function (3.0) or a service (2.0). `what` names it in messages. */
export class Versions<S> {
  readonly versions = new Map<string, Version<S>>()
  readonly aliases = new Map<string, Alias>()
  readonly #what: string
  #last = 0
  #published: string | undefined

  constructor(what: string) {
    this.#what = what
  }

  /** `content` stands for all that a version holds: publishing the same again is refused. */
  publish(snapshot: S, content: string, description: string, now: number): Version<S> {
    if (content === this.#published) {
      const detail = 'No changes were made since last publish'
      throw new Fault(400, 'VersionPublishError', `can not publish version for ${this.#what}, detail: '${detail}'`)
    }
    this.#published = content
    this.#last += 1
    const at = timestamp(now)
    const version = { versionId: String(this.#last), description, createdTime: at, lastModifiedTime: at, snapshot }
    this.versions.set(version.versionId, version)
    return version
  }

  removeVersion(versionId: string): Version<S> {
    const version = this.version(versionId)
    const user = [...this.aliases.values()].find((alias) => usesOf(alias).includes(versionId))
    if (user) throw invalid(`version '${versionId}' is used by alias '${user.aliasName}'`)
    this.versions.delete(versionId)
    return version
  }

  createAlias(input: z.infer<typeof newAlias>, now: number): Alias {
    const { aliasName } = input
    if (this.aliases.has(aliasName)) {
      throw new Fault(409, 'AliasAlreadyExists', `alias '${aliasName}' of ${this.#what} already exists`)
    }
    const at = timestamp(now)
    const alias = { description: '', additionalVersionWeight: {}, ...input, createdTime: at, lastModifiedTime: at }
    return this.#keep(alias)
  }

  /** Fields left out stay as they are, the weight too. */
  updateAlias(aliasName: string, change: z.infer<typeof changedAlias>, now: number): Alias {
    return this.#keep({ ...this.alias(aliasName), ...change, lastModifiedTime: timestamp(now) })
  }

  version(versionId: string): Version<S> {
    const version = this.versions.get(versionId)
    if (version) return version
    throw new Fault(404, 'VersionNotFound', `version '${versionId}' of ${this.#what} does not exist`)
  }

  alias(aliasName: string): Alias {
    const alias = this.aliases.get(aliasName)
    if (alias) return alias
    throw new Fault(404, 'AliasNotFound', `alias '${aliasName}' of ${this.#what} does not exist`)
  }

  /** What an invocation of `qualifier` runs; `random` (0 to 1) chooses where an alias has weights. */
  resolve(qualifier: string, random: number): Resolved<S> {
    if (qualifier === 'LATEST') return { versionId: 'LATEST' }
    if (/^\d+$/.test(qualifier)) return this.version(qualifier)
    const alias = this.alias(qualifier)
    const [other] = Object.entries(alias.additionalVersionWeight)
    return this.version(other && random < other[1] ? other[0] : alias.versionId)
  }

  #keep(alias: Alias): Alias {
    const others = Object.keys(alias.additionalVersionWeight)
    for (const versionId of [alias.versionId, ...others]) this.version(versionId)
    if (others.includes(alias.versionId)) {
      const message = `the additional versions of alias '${alias.aliasName}' contain its version ${alias.versionId}`
      throw new Fault(400, 'AdditionalVersionContainsMajorVersion', message)
    }
    this.aliases.set(alias.aliasName, alias)
    return alias
  }
}

function usesOf(alias: Alias): string[] {
  return [alias.versionId, ...Object.keys(alias.additionalVersionWeight)]
}
