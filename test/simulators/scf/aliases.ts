import * as z from 'zod'
import { type Action, action, functionOf, type Scope } from './action.ts'
import { findFunction, findVersion } from './lookup.ts'
import { Refused } from './refused.ts'
import { checkAliasName, checkDescription } from './rules.ts'
import { type Alias, type RoutingConfig, type ScfFunction, timeText } from './state.ts'

const named = { ...functionOf, Name: z.string() }
const routing = z.strictObject({
  AdditionalVersionWeights: z
    .array(z.strictObject({ Version: z.string(), Weight: z.number().min(0).max(1) }))
    .default([]),
  AddtionVersionMatchs: z
    .array(
      z.strictObject({
        Version: z.string(),
        Key: z.string(),
        Method: z.enum(['range', 'exact']),
        Expression: z.string(),
      }),
    )
    .default([]),
})
const writeRequest = z.strictObject({
  ...named,
  FunctionVersion: z.string(),
  Description: z.string().optional(),
  RoutingConfig: routing.optional(),
})
type Write = z.output<typeof writeRequest>

/** The version must be there and usable, and at most one other version may share the calls. */
function checkTarget(found: ScfFunction, given: Write, code: string): void {
  const target = findVersion(found, given.FunctionVersion)
  if (target.status !== 'Active') throw new Refused(code, `The version ${target.name} is ${target.status}.`)
  if (given.Description !== undefined) checkDescription(given.Description)
  const { AdditionalVersionWeights = [], AddtionVersionMatchs = [] } = given.RoutingConfig ?? {}
  const others = [...AdditionalVersionWeights, ...AddtionVersionMatchs].map(({ Version }) => Version)
  if (others.length > 1 || others.includes(given.FunctionVersion)) {
    throw new Refused('InvalidParameterValue.RoutingConfig', 'At most one additional version, not the main one.')
  }
  for (const version of others) findVersion(found, version)
}

const noRouting = (): RoutingConfig => ({ AdditionalVersionWeights: [], AddtionVersionMatchs: [] })

function createAlias(given: Write, scope: Scope) {
  const found = findFunction(given, scope)
  checkAliasName(given.Name)
  if (found.aliases.has(given.Name)) throw new Refused('ResourceInUse.Alias', `The alias ${given.Name} exists.`)
  checkTarget(found, given, 'FailedOperation.CreateAlias')
  const now = scope.cloud.settings.now()
  found.aliases.set(given.Name, {
    name: given.Name,
    version: given.FunctionVersion,
    description: given.Description ?? '',
    routing: given.RoutingConfig ?? noRouting(),
    addTime: now,
    modTime: now,
  })
  return {}
}

/** Without a routing the one before stays. */
function updateAlias(given: Write, scope: Scope) {
  const found = findFunction(given, scope)
  const alias = findAlias(found, given.Name)
  checkTarget(found, given, 'FailedOperation.UpdateAlias')
  alias.version = given.FunctionVersion
  alias.description = given.Description ?? alias.description
  alias.routing = given.RoutingConfig ?? alias.routing
  alias.modTime = scope.cloud.settings.now()
  return {}
}

function findAlias(found: ScfFunction, name: string): Alias {
  const alias = found.aliases.get(name)
  if (!alias) throw new Refused('ResourceNotFound.Alias', `The alias ${name} does not exist.`)
  return alias
}

function shown(alias: Alias, { cloud }: Scope) {
  return {
    Name: alias.name,
    FunctionVersion: alias.version,
    RoutingConfig: alias.routing,
    Description: alias.description,
    AddTime: timeText(alias.addTime, cloud.settings),
    ModTime: timeText(alias.modTime, cloud.settings),
  }
}

const oneRequest = z.strictObject(named)

function getAlias(given: z.output<typeof oneRequest>, scope: Scope) {
  return shown(findAlias(findFunction(given, scope), given.Name), scope)
}

// The numbers of this one action are strings.
const listRequest = z.strictObject({
  ...functionOf,
  FunctionVersion: z.string().optional(),
  Offset: z.string().regex(/^\d+$/).default('0'),
  Limit: z.string().regex(/^\d+$/).default('20'),
})

function listAliases(given: z.output<typeof listRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const all = [...found.aliases.values()].filter(
    ({ version }) => given.FunctionVersion === undefined || version === given.FunctionVersion,
  )
  const [offset, limit] = [Number(given.Offset), Number(given.Limit)]
  return {
    TotalCount: all.length,
    Aliases: all.slice(offset, offset + limit).map((alias) => shown(alias, scope)),
  }
}

/** The version stays. An alias that a trigger is bound to is not given up. */
function deleteAlias(given: z.output<typeof oneRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const { name } = findAlias(found, given.Name)
  if (name === '$DEFAULT') throw new Refused('FailedOperation.DeleteAlias', 'The alias $DEFAULT cannot be deleted.')
  if (found.triggers.some(({ qualifier }) => qualifier === name)) {
    throw new Refused('FailedOperation.DeleteAlias', `A trigger is bound to the alias ${name}.`)
  }
  found.aliases.delete(name)
  return {}
}

export const aliasActions: Record<string, Action> = {
  CreateAlias: action(writeRequest, createAlias),
  UpdateAlias: action(writeRequest, updateAlias),
  GetAlias: action(oneRequest, getAlias),
  ListAliases: action(listRequest, listAliases),
  DeleteAlias: action(oneRequest, deleteAlias),
}
