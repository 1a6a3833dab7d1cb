import * as z from 'zod'
import type { Account } from './account.ts'
import type { KeptAsyncConfig } from './async-configs.ts'
import { Fault } from './fault.ts'
import { find, functionArn, qualifierOf } from './functions-api.ts'
import { page } from './paging.ts'
import { parseBody } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { asyncConfig } from './rules.ts'

const concurrency = z.strictObject({ reservedConcurrency: z.int().min(0) })

/** Asynchronous invocation and reserved concurrency of functions of 2023-03-30. */
export function settingOperations(account: Account): Operation[] {
  const { functions, quotas, now } = account
  const asyncPath = '/functions/{}/async-invoke-config'
  const concurrencyPath = '/functions/{}/concurrency'
  const query = ['qualifier']

  function putAsync({ request, params, names: [name = ''] }: Call) {
    const owner = find(account, name)
    const qualifier = qualifierOf(params)
    owner.versions.resolve(qualifier, 1)
    const kept = owner.asyncConfigs.put(qualifier, parseBody(asyncConfig, request.body), now())
    return answer(shownAsync(name, kept))
  }

  function listAsync({ params }: Call) {
    const name = params.get('functionName')
    const owners = name ? [find(account, name)] : [...functions.values()]
    const all = owners.flatMap((owner) =>
      [...owner.asyncConfigs.all.values()].map((kept) => shownAsync(owner.name, kept)),
    )
    const { items, ...rest } = page(all, ({ functionArn: arn }) => arn, params)
    return answer({ configs: items, ...rest })
  }

  function shownAsync(name: string, { qualifier, ...kept }: KeptAsyncConfig) {
    return { functionArn: functionArn(account, name, qualifier), ...kept }
  }

  function putConcurrency({ request, names: [name = ''] }: Call) {
    const owner = find(account, name)
    const { reservedConcurrency } = parseBody(concurrency, request.body)
    const others = [...functions.values()].filter((other) => other !== owner)
    const reserved = others.reduce((sum, other) => sum + (other.reservedConcurrency ?? 0), reservedConcurrency)
    if (reserved > quotas.instances) {
      throw new Fault(400, 'LimitExceededError', `${reserved} reserved instances exceed the limit ${quotas.instances}`)
    }
    owner.reservedConcurrency = reservedConcurrency
    return answer({ functionArn: functionArn(account, name), reservedConcurrency })
  }

  function getConcurrency({ names: [name = ''] }: Call) {
    const { reservedConcurrency } = reserving(name)
    return answer({ functionArn: functionArn(account, name), reservedConcurrency })
  }

  function deleteConcurrency({ names: [name = ''] }: Call) {
    reserving(name).reservedConcurrency = undefined
    return nothing()
  }

  /** The code for "nothing is reserved" is not documented. */
  function reserving(name: string) {
    const owner = find(account, name)
    if (owner.reservedConcurrency !== undefined) return owner
    throw new Fault(404, 'ConcurrencyConfigNotExists', `function '${name}' reserves no instances`)
  }

  return [
    operation('PutAsyncInvokeConfig', `PUT ${asyncPath}`, putAsync, { query }),
    operation(
      'GetAsyncInvokeConfig',
      `GET ${asyncPath}`,
      ({ params, names: [name = ''] }) =>
        answer(shownAsync(name, find(account, name).asyncConfigs.get(qualifierOf(params)))),
      { query },
    ),
    operation(
      'DeleteAsyncInvokeConfig',
      `DELETE ${asyncPath}`,
      ({ params, names: [name = ''] }) => {
        find(account, name).asyncConfigs.delete(qualifierOf(params))
        return nothing()
      },
      { query },
    ),
    operation('ListAsyncInvokeConfigs', 'GET /async-invoke-configs', listAsync, {
      query: ['functionName', 'limit', 'nextToken'],
    }),
    operation('PutConcurrencyConfig', `PUT ${concurrencyPath}`, putConcurrency),
    operation('GetConcurrencyConfig', `GET ${concurrencyPath}`, getConcurrency),
    operation('DeleteConcurrencyConfig', `DELETE ${concurrencyPath}`, deleteConcurrency),
  ]
}
