import type { Account } from './account.ts'
import { takeCode } from './code.ts'
import { Fault, invalid } from './fault.ts'
import { changedFunction, Function3, newFunction } from './function3.ts'
import { invoke } from './invoke.ts'
import { page } from './paging.ts'
import { parseBody, parseParameter } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { tagList } from './rules.ts'

/** Functions of 2023-03-30, their code and their invocation. */
export function functionOperations(account: Account): Operation[] {
  const { functions, quotas } = account

  async function create({ request }: Call) {
    const input = parseBody(newFunction, request.body)
    if (functions.has(input.functionName)) {
      throw new Fault(409, 'FunctionAlreadyExists', `function '${input.functionName}' already exists`)
    }
    if (functions.size >= quotas.functions) {
      throw new Fault(400, 'LimitExceededError', `the number of functions exceeds the limit ${quotas.functions}`)
    }
    const created = new Function3(account, input, await takeCode(input.code, quotas.zipBytes))
    functions.set(created.name, created)
    return answer(shownFunction(account, created))
  }

  async function update({ request, names: [name = ''] }: Call) {
    const changed = find(account, name)
    const change = parseBody(changedFunction, request.body)
    changed.checkIdle()
    changed.update(change, change.code && (await takeCode(change.code, quotas.zipBytes)))
    return answer(shownFunction(account, changed))
  }

  function list({ params }: Call) {
    const fcVersion = params.get('fcVersion') ?? ''
    if (!['', 'v2', 'v3'].includes(fcVersion)) throw invalid('fcVersion: must be v2 or v3')
    const wanted = parseParameter(tagList, params, 'tags')
    const own = fcVersion === 'v2' ? [] : [...functions.values()].filter(({ tags }) => carries(tags, wanted))
    // Functions of 2.0 are listed too unless the version is given; their names hold that of the service.
    const others =
      fcVersion === 'v3' || wanted.length > 0
        ? []
        : [...account.services.values()].flatMap((service) =>
            [...service.functions.values()].map(({ latest }) => ({
              functionName: `${service.name}$${latest.functionName}`,
              ...latest.configuration,
              codeChecksum: latest.code.checksum,
            })),
          )
    const all = [...own.map((one) => shownFunction(account, one)), ...others]
      .filter(({ functionName }) => functionName.startsWith(params.get('prefix') ?? ''))
      .filter(({ functionName }) => functionName.includes(params.get('functionName') ?? ''))
      .filter(({ runtime }) => !params.get('runtime') || runtime === params.get('runtime'))
      .filter(({ description }) => description.includes(params.get('description') ?? ''))
      .sort((one, other) => (one.functionName < other.functionName ? -1 : 1))
    const { items, ...rest } = page(all, ({ functionName }) => functionName, params)
    return answer({ functions: items, ...rest })
  }

  /**
   * Whatever hangs on it must be gone. Whether versions must is not documented; the vendor's own tools delete them
   * before.
   */
  function remove({ names: [name = ''] }: Call) {
    const { triggers, versions, name: found } = find(account, name)
    const left = { triggers: triggers.all.size, aliases: versions.aliases.size, versions: versions.versions.size }
    for (const [what, count] of Object.entries(left)) {
      if (count > 0) throw new Fault(400, 'FunctionNotEmpty', `function '${name}' still has ${count} ${what}`)
    }
    dropFunction(account, found)
    return nothing()
  }

  return [
    operation('CreateFunction', 'POST /functions', create),
    operation('UpdateFunction', 'PUT /functions/{}', update),
    operation('DeleteFunction', 'DELETE /functions/{}', remove),
    operation('ListFunctions', 'GET /functions', list, {
      query: ['prefix', 'limit', 'nextToken', 'fcVersion', 'tags', 'runtime', 'description', 'functionName'],
    }),
    operation(
      'GetFunction',
      'GET /functions/{}',
      ({ names: [name = ''], params }) => answer(shownFunction(account, find(account, name), qualifierOf(params))),
      { query: ['qualifier'] },
    ),
    operation(
      'GetFunctionCode',
      'GET /functions/{}/code',
      ({ names: [name = ''], params, request }) => {
        const { checksum } = find(account, name).at(qualifierOf(params)).code
        return answer({ url: `http://${request.headers.host}/code/${checksum}`, checksum })
      },
      { query: ['qualifier'] },
    ),
    operation(
      'InvokeFunction',
      'POST /functions/{}/invocations',
      ({ names: [name = ''], params, request }) => {
        const called = find(account, name)
        const qualifier = qualifierOf(params)
        const asyncConfig = called.asyncConfigs.all.get(qualifier) ?? {}
        const atOnce = called.reservedConcurrency === undefined ? {} : { atOnce: called.reservedConcurrency }
        return invoke(account, request, called.target(qualifier), { asyncConfig, ...atOnce })
      },
      { query: ['qualifier'], kind: 'invoke' },
    ),
  ]
}

/** @throws {Fault} FunctionNotFound */
export function find({ functions }: Account, name: string): Function3 {
  const found = functions.get(name)
  if (found) return found
  throw new Fault(404, 'FunctionNotFound', `function '${name}' does not exist.`)
}

/** Takes a function away with all that hangs on it. */
export function dropFunction({ functions, runner }: Account, name: string): void {
  for (const deployed of functions.get(name)?.deployments() ?? []) runner.retire(deployed)
  functions.delete(name)
}

export function qualifierOf(params: URLSearchParams): string {
  return params.get('qualifier') || 'LATEST'
}

export function functionArn({ owner }: Account, name: string, qualifier = 'LATEST'): string {
  const arn = `acs:fc:${owner.region}:${owner.accountId}:functions/${name}`
  return qualifier === 'LATEST' ? arn : `${arn}/${qualifier}`
}

function carries(tags: { key: string; value: string }[], wanted: { key: string; value: string }[]): boolean {
  return wanted.every(({ key, value }) => tags.some((tag) => tag.key === key && tag.value === value))
}

function shownFunction(account: Account, shown: Function3, qualifier = 'LATEST') {
  const { configuration, code } = shown.at(qualifier)
  const { layers, ...rest } = configuration
  return {
    functionName: shown.name,
    functionId: shown.id,
    functionArn: functionArn(account, shown.name, qualifier),
    ...rest,
    layers: layers.map((arn) => ({ arn, size: 0 })),
    codeSize: code.zip.length,
    codeChecksum: code.checksum,
    createdTime: shown.createdTime,
    lastModifiedTime: shown.lastModifiedTime,
    ...(qualifier === 'LATEST' ? shown.states() : { state: 'Active', lastUpdateStatus: 'Successful' }),
    tags: shown.tags.map(({ key, value }) => ({ Key: key, Value: value })),
  }
}
