import * as z from 'zod'
import type { Account } from './account.ts'
import { Fault, invalid } from './fault.ts'
import type { Function3 } from './function3.ts'
import { find, functionArn } from './functions-api.ts'
import { page } from './paging.ts'
import { parseBody, parseParameter } from './parse.ts'
import { answer, type Call, nothing, type Operation, operation } from './router.ts'
import { TAGS_PER_RESOURCE, tagList } from './rules.ts'
import { requestId } from './words.ts'

const RESOURCE_TYPES = ['FUNCTION', 'function', 'ALIYUN::FC:FUNCTION']
const tagging = z.strictObject({
  ResourceType: z.enum(RESOURCE_TYPES),
  ResourceId: z.array(z.string()).min(1).max(50),
  Tag: tagList.min(1),
})
const texts = z.array(z.string()).min(1).max(50)

/** `/tags-v2` of 2023-03-30: outer names are capitalised, lists in the query are JSON text. */
export function tagOperations(account: Account): Operation[] {
  function tag({ request }: Call) {
    const { ResourceId, Tag } = parseBody(tagging, request.body)
    const owners = ResourceId.map(owner)
    const changed = owners.map(({ tags }) => [...tags.filter(({ key }) => !Tag.some((one) => one.key === key)), ...Tag])
    if (changed.some(({ length }) => length > TAGS_PER_RESOURCE)) {
      throw new Fault(400, 'LimitExceededError', `a resource has at most ${TAGS_PER_RESOURCE} tags`)
    }
    owners.forEach((one, index) => {
      one.tags = changed[index] ?? []
    })
    return nothing()
  }

  function untag({ params }: Call) {
    const keys = params.get('All') === 'true' ? undefined : parseParameter(texts, params, 'TagKey')
    for (const one of parseParameter(texts, params, 'ResourceId').map(owner)) {
      one.tags = keys === undefined ? [] : one.tags.filter(({ key }) => !keys.includes(key))
    }
    return nothing()
  }

  function show({ params }: Call) {
    checkType(params)
    const owners = params.has('ResourceId')
      ? parseParameter(texts, params, 'ResourceId').map(owner)
      : [...account.functions.values()]
    const wanted = parseParameter(tagList, params, 'Tag')
    const all = owners.flatMap(({ name, tags }) =>
      tags
        .filter(({ key, value }) => wanted.length === 0 || wanted.some((one) => one.key === key && one.value === value))
        .map(({ key, value }) => ({
          ResourceType: 'ALIYUN::FC:FUNCTION',
          ResourceId: functionArn(account, name),
          TagKey: key,
          TagValue: value,
        })),
    )
    const keyOf = ({ ResourceId, TagKey }: (typeof all)[number]) => `${ResourceId} ${TagKey}`
    const { items, nextToken } = page(all, keyOf, params, { limit: 'Limit', nextToken: 'NextToken' })
    return answer({ RequestId: requestId(), TagResources: items, ...(nextToken ? { NextToken: nextToken } : {}) })
  }

  function owner(arn: string): Function3 {
    const prefix = functionArn(account, '')
    if (!arn.startsWith(prefix)) throw invalid(`ResourceId: ${arn} is no function of this account and region`)
    return find(account, arn.slice(prefix.length))
  }

  return [
    operation('TagResources', 'POST /tags-v2', tag),
    operation(
      'UntagResources',
      'DELETE /tags-v2',
      (call) => {
        checkType(call.params)
        return untag(call)
      },
      { query: ['ResourceType', 'ResourceId', 'TagKey', 'All'] },
    ),
    operation('ListTagResources', 'GET /tags-v2', show, {
      query: ['ResourceType', 'ResourceId', 'Tag', 'Limit', 'NextToken'],
    }),
  ]
}

function checkType(params: URLSearchParams): void {
  if (!RESOURCE_TYPES.includes(params.get('ResourceType') ?? '')) throw invalid('ResourceType: must be FUNCTION')
}
