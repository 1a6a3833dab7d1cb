import type { Account } from './account.ts'
import type { KeptAsyncConfig } from './async-configs.ts'
import { takeCode } from './code.ts'
import { checkEtag, withEtag } from './etag.ts'
import { Fault, invalid } from './fault.ts'
import { invoke } from './invoke.ts'
import { page } from './paging.ts'
import { parseBody } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { asyncConfig } from './rules.ts'
import { changedFunction2, newFunction2, type Service, type State2 } from './service.ts'
import type { Split } from './services-api.ts'

const PAGING = ['limit', 'prefix', 'startKey', 'nextToken']

/** Functions of 2016-08-15, their code and their invocation. */
export function functionOperations2(account: Account, find: (name: string) => Service, split: Split): Operation[] {
  const { quotas } = account
  const all = '/services/{}/functions'

  async function create({ request, names: [name = ''] }: Call) {
    const service = find(name)
    const input = parseBody(newFunction2, request.body)
    if (service.functions.size >= quotas.functions) {
      throw new Fault(400, 'LimitExceededError', `the number of functions exceeds the limit ${quotas.functions}`)
    }
    const created = service.createFunction(input, await takeCode(input.code, quotas.zipBytes))
    return withEtag(shownFunction(created.latest))
  }

  async function update({ request, names: [name = '', functionName = ''] }: Call) {
    const service = find(name)
    checkEtag(request, shownFunction(service.function(functionName).latest))
    const change = parseBody(changedFunction2, request.body)
    if (change.functionName !== undefined && change.functionName !== functionName) {
      throw invalid(`functionName: ${change.functionName} is not that of the path`)
    }
    const taken = change.code && (await takeCode(change.code, quotas.zipBytes))
    return withEtag(shownFunction(service.updateFunction(functionName, change, taken).latest))
  }

  function remove({ request, names: [name = '', functionName = ''] }: Call) {
    const service = find(name)
    const { triggers, latest } = service.function(functionName)
    checkEtag(request, shownFunction(latest))
    if (triggers.all.size > 0) {
      throw new Fault(400, 'FunctionNotEmpty', `function '${functionName}' still has ${triggers.all.size} triggers`)
    }
    service.removeFunction(functionName)
    return nothing()
  }

  function list({ params, names: [text = ''] }: Call) {
    const { service, qualifier } = split(text)
    const states = [...service.at(qualifier).functions.values()]
      .map(({ state }) => state)
      .filter(({ functionName }) => functionName.startsWith(params.get('prefix') ?? ''))
      .sort((one, other) => (one.functionName < other.functionName ? -1 : 1))
    const { items, ...rest } = page(states, ({ functionName }) => functionName, params)
    return answer({ functions: items.map(shownFunction), ...rest })
  }

  return [
    operation('CreateFunction', `POST ${all}`, create),
    operation('ListFunctions', `GET ${all}`, list, { query: PAGING }),
    operation('GetFunction', `GET ${all}/{}`, ({ names: [text = '', name = ''] }) => {
      const { service, qualifier } = split(text)
      return withEtag(shownFunction(service.functionAt(name, qualifier)))
    }),
    operation('GetFunctionCode', `GET ${all}/{}/code`, ({ request, names: [text = '', name = ''] }) => {
      const { service, qualifier } = split(text)
      const { checksum } = service.functionAt(name, qualifier).code
      return answer({ url: `http://${request.headers.host}/code/${checksum}`, checksum })
    }),
    operation('UpdateFunction', `PUT ${all}/{}`, update),
    operation('DeleteFunction', `DELETE ${all}/{}`, remove),
    operation(
      'InvokeFunction',
      `POST ${all}/{}/invocations`,
      ({ request, names: [text = '', name = ''] }) => {
        const { service, qualifier } = split(text)
        const config = service.functions.get(name)?.asyncConfigs.all.get(qualifier) ?? {}
        return invoke(account, request, service.target(name, qualifier), { asyncConfig: config })
      },
      { kind: 'invoke' },
    ),
  ]
}

/** How they are invoked asynchronously. */
export function asyncOperations2(
  { now }: Account,
  split: Split,
  arn: (service: Service, name: string, qualifier: string) => string,
): Operation[] {
  const path = '/services/{}/functions/{}/async-invoke-config'

  function shown(service: Service, name: string, { qualifier, ...kept }: KeptAsyncConfig) {
    return { service: service.name, function: name, qualifier, functionArn: arn(service, name, qualifier), ...kept }
  }

  return [
    operation('PutFunctionAsyncInvokeConfig', `PUT ${path}`, ({ request, names: [text = '', name = ''] }) => {
      const { service, qualifier } = split(text)
      service.functionAt(name, qualifier)
      const kept = service.function(name).asyncConfigs.put(qualifier, parseBody(asyncConfig, request.body), now())
      return answer(shown(service, name, kept))
    }),
    operation('GetFunctionAsyncInvokeConfig', `GET ${path}`, ({ names: [text = '', name = ''] }) => {
      const { service, qualifier } = split(text)
      return answer(shown(service, name, service.function(name).asyncConfigs.get(qualifier)))
    }),
    operation('DeleteFunctionAsyncInvokeConfig', `DELETE ${path}`, ({ names: [text = '', name = ''] }) => {
      const { service, qualifier } = split(text)
      service.function(name).asyncConfigs.delete(qualifier)
      return nothing()
    }),
  ]
}

function shownFunction({ configuration, code, ...rest }: State2) {
  return { ...rest, ...configuration, codeSize: code.zip.length, codeChecksum: code.checksum }
}
