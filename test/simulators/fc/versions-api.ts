import * as z from 'zod'
import type { Account } from './account.ts'
import { Fault, invalid } from './fault.ts'
import { page } from './paging.ts'
import { parseBody } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { changedAlias, description, newAlias } from './rules.ts'
import type { Alias, Version, Versions } from './versions.ts'

/** Something that has versions: a function of 3.0, or a service of 2.0. */
export interface Versioned<S> {
  versions: Versions<S>
  publish(description: string): Version<S>
  /** Called with what a version held when it is no more. */
  retire(snapshot: S): void
  /** The names of what is bound to an alias or a version and would be left hanging. */
  boundTo(qualifier: string): string[]
}

const PAGING = ['limit', 'nextToken']
const publication = z.strictObject({ description: description.exactOptional() })

/**
 * Versions and aliases, which both APIs have in the same form below `root`: `/functions/{}` or `/services/{}`. `names`
 * are what the operations are called.
 */
export function versionOperations<S>(
  { quotas, now }: Account,
  root: string,
  find: (name: string) => Versioned<S>,
  names: { publish: string; list: string; remove: string },
): Operation[] {
  function publish({ request, names: [name = ''] }: Call) {
    const owner = find(name)
    const { description: text = '' } = parseBody(publication, request.body)
    limit('versions', owner.versions.versions.size, quotas.versions)
    return answer(shownVersion(owner.publish(text)))
  }

  function listVersions({ params, names: [name = ''] }: Call) {
    const direction = params.get('direction') ?? 'BACKWARD'
    if (!['BACKWARD', 'FORWARD'].includes(direction)) throw invalid('direction: must be BACKWARD or FORWARD')
    const oldestFirst = [...find(name).versions.versions.values()]
    const all = direction === 'FORWARD' ? oldestFirst : oldestFirst.toReversed()
    const { items, ...rest } = page(all, ({ versionId }) => versionId, params)
    return answer({ versions: items.map(shownVersion), direction, ...rest })
  }

  function removeVersion({ names: [name = '', versionId = ''] }: Call) {
    const owner = find(name)
    checkUnbound(owner, 'version', versionId)
    owner.retire(owner.versions.removeVersion(versionId).snapshot)
    return nothing()
  }

  function createAlias({ request, names: [name = ''] }: Call) {
    const { versions } = find(name)
    const input = parseBody(newAlias, request.body)
    limit('aliases', versions.aliases.size, quotas.aliases)
    return answer(versions.createAlias(input, now()))
  }

  function listAliases({ params, names: [name = ''] }: Call) {
    const all = [...find(name).versions.aliases.values()]
      .filter(({ aliasName }) => aliasName.startsWith(params.get('prefix') ?? ''))
      .sort((one, other) => (one.aliasName < other.aliasName ? -1 : 1))
    const { items, ...rest } = page(all, ({ aliasName }: Alias) => aliasName, params)
    return answer({ aliases: items, ...rest })
  }

  function removeAlias({ names: [name = '', aliasName = ''] }: Call) {
    const owner = find(name)
    owner.versions.alias(aliasName)
    checkUnbound(owner, 'alias', aliasName)
    owner.versions.aliases.delete(aliasName)
    return nothing()
  }

  const aliases = `${root}/aliases`
  return [
    operation(names.publish, `POST ${root}/versions`, publish),
    operation(names.list, `GET ${root}/versions`, listVersions, { query: [...PAGING, 'direction', 'startKey'] }),
    operation(names.remove, `DELETE ${root}/versions/{}`, removeVersion),
    operation('CreateAlias', `POST ${aliases}`, createAlias),
    operation('ListAliases', `GET ${aliases}`, listAliases, { query: [...PAGING, 'prefix'] }),
    operation('GetAlias', `GET ${aliases}/{}`, ({ names: [name = '', alias = ''] }) =>
      answer(find(name).versions.alias(alias)),
    ),
    operation('UpdateAlias', `PUT ${aliases}/{}`, ({ request, names: [name = '', alias = ''] }) =>
      answer(find(name).versions.updateAlias(alias, parseBody(changedAlias, request.body), now())),
    ),
    operation('DeleteAlias', `DELETE ${aliases}/{}`, removeAlias),
  ]
}

/** The vendor does not say whether it would let a trigger hang in the air: here it does not. */
function checkUnbound(owner: Pick<Versioned<unknown>, 'boundTo'>, what: string, qualifier: string): void {
  const [bound] = owner.boundTo(qualifier)
  if (bound !== undefined) throw invalid(`${what} '${qualifier}' is used by trigger '${bound}'`)
}

function limit(what: string, count: number, most: number): void {
  if (count >= most) throw new Fault(400, 'LimitExceededError', `the number of ${what} exceeds the limit ${most}`)
}

function shownVersion({ versionId, description: text, createdTime, lastModifiedTime }: Version<unknown>) {
  return { versionId, description: text, createdTime, lastModifiedTime }
}
