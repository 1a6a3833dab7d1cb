import * as z from 'zod'
import type { Account } from './account.ts'
import { invalid } from './fault.ts'
import { page } from './paging.ts'
import { parseBody } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { type TimerConfig, type Trigger, type Triggers, triggerSchemas } from './triggers.ts'

/** Where triggers are: a function of either API. */
export interface Triggered {
  triggers: Triggers
  /** Of the function at the qualifier. */
  arn(qualifier: string): string
  /** @throws {Fault} when there is no such version or alias */
  checkQualifier(qualifier: string): void
}

/** How an API writes a trigger's configuration. */
export interface ConfigForm {
  schema: z.ZodType
  read(given: unknown): unknown
  write(config: TimerConfig): unknown
}

/** 3.0: JSON text. It comes back with its keys in the vendor's order, not in the caller's. */
export const configAsText: ConfigForm = {
  schema: z.string(),
  read(given) {
    try {
      return JSON.parse(String(given))
    } catch {
      throw invalid('triggerConfig: is no JSON')
    }
  },
  write: (config) => JSON.stringify(inOrder(config)),
}

/** 2.0: an object. */
export const configAsObject: ConfigForm = {
  schema: z.record(z.string(), z.unknown()),
  read: (given) => given,
  write: inOrder,
}

function inOrder({ payload = '', cronExpression, enable = true }: TimerConfig) {
  return { payload, cronExpression, enable }
}

/**
 * Triggers, which both APIs have in the same form below `root`: a function's path. `form` is how they write
 * configurations.
 */
export function triggerOperations(
  { now }: Account,
  root: string,
  find: (...names: string[]) => Triggered,
  form: ConfigForm,
): Operation[] {
  const { create: creation, update: change } = triggerSchemas(form.schema)
  const at = `${root}/triggers`

  function create({ request, names }: Call) {
    const owner = find(...names)
    const input = parseBody(creation, request.body)
    owner.checkQualifier(input.qualifier ?? 'LATEST')
    return answer(
      shown(owner, owner.triggers.create({ ...input, triggerConfig: form.read(input.triggerConfig) }, now())),
    )
  }

  function update({ request, names }: Call) {
    const owner = find(...names.slice(0, -1))
    const { triggerConfig, ...rest } = parseBody(change, request.body)
    const given = triggerConfig === undefined ? rest : { ...rest, triggerConfig: form.read(triggerConfig) }
    return answer(shown(owner, owner.triggers.update(names.at(-1) ?? '', given, now())))
  }

  function list({ params, names }: Call) {
    const owner = find(...names)
    const all = [...owner.triggers.all.values()]
      .filter(({ triggerName }) => triggerName.startsWith(params.get('prefix') ?? ''))
      .sort((one, other) => (one.triggerName < other.triggerName ? -1 : 1))
    const { items, ...rest } = page(all, ({ triggerName }) => triggerName, params)
    return answer({ triggers: items.map((trigger) => shown(owner, trigger)), ...rest })
  }

  function shown(owner: Triggered, { config, timetable: _, nextAt: __, ...trigger }: Trigger) {
    return { ...trigger, triggerConfig: form.write(config), targetArn: owner.arn(trigger.qualifier), status: '' }
  }

  return [
    operation('CreateTrigger', `POST ${at}`, create),
    operation('ListTriggers', `GET ${at}`, list, { query: ['prefix', 'limit', 'nextToken', 'startKey'] }),
    operation('GetTrigger', `GET ${at}/{}`, ({ names }) => {
      const owner = find(...names.slice(0, -1))
      return answer(shown(owner, owner.triggers.get(names.at(-1) ?? '')))
    }),
    operation('UpdateTrigger', `PUT ${at}/{}`, update),
    operation('DeleteTrigger', `DELETE ${at}/{}`, ({ names }) => {
      find(...names.slice(0, -1)).triggers.delete(names.at(-1) ?? '')
      return nothing()
    }),
  ]
}
