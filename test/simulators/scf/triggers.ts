import * as z from 'zod'
import { type Action, action, filters, functionOf, page, type Scope } from './action.ts'
import { checkQualifier, findFunction } from './lookup.ts'
import { Refused } from './refused.ts'
import { checkArgument, checkCron, checkTriggerName } from './rules.ts'
import { type ScfFunction, type Trigger, timeText } from './state.ts'
import { mustBeSettled } from './transitions.ts'
import { urlActions, urlInfo } from './urls.ts'

// Timers of a function: cloud.tencent.com/document/product/583/11637.
const TIMERS = 10

// Timers; addresses, which are triggers to the API, too, have a file of their own. The vendor's default qualifier is the working copy.
const named = {
  ...functionOf,
  TriggerName: z.string(),
  Type: z.literal('timer'),
  Qualifier: z.string().default('$LATEST'),
}
const enable = z.enum(['OPEN', 'CLOSE'])

const createRequest = z.strictObject({
  ...named,
  TriggerDesc: z.string(),
  Enable: enable.default('OPEN'),
  CustomArgument: z.string().default(''),
  Description: z.string().default(''),
})

function createTrigger(given: z.output<typeof createRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  checkTriggerName(given.TriggerName)
  checkCron(given.TriggerDesc)
  checkArgument(given.CustomArgument)
  checkQualifier(found, given.Qualifier)
  mustBeSettled(found, 'FailedOperation.CreateTrigger')
  if (found.triggers.some(({ name }) => name === given.TriggerName)) {
    throw new Refused('ResourceInUse.Trigger', `The trigger ${given.TriggerName} exists.`)
  }
  if (found.triggers.length >= TIMERS) throw new Refused('LimitExceeded.Trigger', `At most ${TIMERS} timers.`)
  const now = scope.cloud.settings.now()
  const trigger: Trigger = {
    name: given.TriggerName,
    cron: given.TriggerDesc,
    qualifier: given.Qualifier,
    open: given.Enable === 'OPEN',
    argument: given.CustomArgument,
    description: given.Description,
    addTime: now,
    modTime: now,
  }
  found.triggers.push(trigger)
  return { TriggerInfo: triggerInfo(trigger, scope) }
}

/** As it is read back: the expression as JSON, the switch as a number. */
export function triggerInfo(trigger: Trigger, { cloud }: Pick<Scope, 'cloud'>) {
  return {
    TriggerName: trigger.name,
    Type: 'timer',
    TriggerDesc: JSON.stringify({ cron: trigger.cron }),
    Qualifier: trigger.qualifier,
    Enable: trigger.open ? 1 : 0,
    AvailableStatus: 'Available',
    CustomArgument: trigger.argument,
    Description: trigger.description,
    AddTime: timeText(trigger.addTime, cloud.settings),
    ModTime: timeText(trigger.modTime, cloud.settings),
  }
}

/** Name and qualifier together identify a trigger. */
function findTrigger(found: ScfFunction, given: { TriggerName: string; Qualifier: string }): Trigger {
  const trigger = found.triggers.find(
    ({ name, qualifier }) => name === given.TriggerName && qualifier === given.Qualifier,
  )
  if (trigger) return trigger
  throw new Refused(
    'ResourceNotFound.Trigger',
    `There is no trigger ${given.TriggerName} bound to ${given.Qualifier} of ${found.name}.`,
  )
}

const updateRequest = z.strictObject({
  ...named,
  Enable: enable.optional(),
  TriggerDesc: z.string().optional(),
  Description: z.string().optional(),
  CustomArgument: z.string().optional(),
})

function updateTrigger(given: z.output<typeof updateRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const trigger = findTrigger(found, given)
  if (given.TriggerDesc !== undefined) checkCron(given.TriggerDesc)
  if (given.CustomArgument !== undefined) checkArgument(given.CustomArgument)
  mustBeSettled(found, 'FailedOperation.UpdateTrigger')
  trigger.cron = given.TriggerDesc ?? trigger.cron
  trigger.open = given.Enable === undefined ? trigger.open : given.Enable === 'OPEN'
  trigger.description = given.Description ?? trigger.description
  trigger.argument = given.CustomArgument ?? trigger.argument
  trigger.modTime = scope.cloud.settings.now()
  return {}
}

const statusRequest = z.strictObject({ ...named, Enable: enable })

function updateStatus(given: z.output<typeof statusRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const trigger = findTrigger(found, given)
  const open = given.Enable === 'OPEN'
  mustBeSettled(found, 'FailedOperation.CreateTrigger')
  if (trigger.open === open) {
    throw new Refused('FailedOperation.UpdateTriggerStatus', `The trigger is ${given.Enable} already.`)
  }
  trigger.open = open
  trigger.modTime = scope.cloud.settings.now()
  return {}
}

const listRequest = z.strictObject({
  ...functionOf,
  ...page,
  OrderBy: z.enum(['add_time', 'mod_time']).default('mod_time'),
  Order: z.enum(['ASC', 'DESC']).default('DESC'),
  Filters: filters.default([]),
})

function listTriggers(given: z.output<typeof listRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const fields = { Qualifier: 'qualifier', TriggerName: 'name', Description: 'description' } as const
  const tests = given.Filters.map(({ Name, Values }) => {
    if (!Object.hasOwn(fields, Name)) throw new Refused('InvalidParameterValue.Filters', `No filter is called ${Name}.`)
    return (trigger: Trigger) => Values.includes(trigger[fields[Name as keyof typeof fields]])
  })
  const key = given.OrderBy === 'add_time' ? 'addTime' : 'modTime'
  const sign = given.Order === 'ASC' ? 1 : -1
  const timers = found.triggers
    .filter((trigger) => tests.every((test) => test(trigger)))
    .sort((a, b) => sign * (a[key] - b[key]))
    .map((trigger) => triggerInfo(trigger, scope))
  const all = [...timers, ...(tests.length === 0 ? found.urls.map((url) => urlInfo(url, scope)) : [])]
  return { TotalCount: all.length, Triggers: all.slice(given.Offset, given.Offset + given.Limit) }
}

const deleteRequest = z.strictObject(named)

function deleteTrigger(given: z.output<typeof deleteRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const trigger = findTrigger(found, given)
  mustBeSettled(found, 'FailedOperation.DeleteTrigger')
  found.triggers = found.triggers.filter((other) => other !== trigger)
  return {}
}

export const triggerActions: Record<string, Action> = {
  CreateTrigger: byType(action(createRequest, createTrigger), urlActions.CreateTrigger),
  UpdateTrigger: byType(action(updateRequest, updateTrigger), urlActions.UpdateTrigger),
  UpdateTriggerStatus: action(statusRequest, updateStatus),
  ListTriggers: action(listRequest, listTriggers),
  DeleteTrigger: byType(action(deleteRequest, deleteTrigger), urlActions.DeleteTrigger),
}

function byType(ofTimer: Action, ofUrl: Action): Action {
  return (parameters, scope) => (parameters.Type === 'http' ? ofUrl : ofTimer)(parameters, scope)
}
