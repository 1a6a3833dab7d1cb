import { isDeepStrictEqual } from 'node:util'
import { contactFlow } from './contact-flow.ts'

/** How a flow's content differs from the one that this version deploys. */
export interface FlowDifference {
  /** The functions that it calls in place of ours. */
  otherFunctions: string[]
  /** Blocks that are not as they should be, by their names. */
  blocks: string[]
}

interface Block {
  Identifier?: string
  Type?: string
  Parameters?: { LambdaFunctionARN?: string }
}

/**
 * Compares a content with this version's flow for an acknowledge function; undefined if it is the same, apart from how the console
 * draws it. Throws if the content is no flow.
 */
export function differenceOf(content: string, lambdaArn: string): FlowDifference | undefined {
  const { StartAction, Actions } = JSON.parse(content) as { StartAction?: unknown; Actions?: Block[] }
  if (!Array.isArray(Actions)) throw new Error('no flow')
  const ours = contactFlow(lambdaArn)
  const before = new Map(ours.Actions.map((block): [string, unknown] => [block.Identifier, plain(block)]))
  const after = new Map(Actions.map((block): [string, unknown] => [String(block.Identifier), plain(block)]))
  const names = [...new Set([...before.keys(), ...after.keys()])]
  const blocks = names.filter((name) => !isDeepStrictEqual(before.get(name), after.get(name)))
  if (StartAction !== ours.StartAction) blocks.push('the start')
  const called = Actions.flatMap(({ Parameters }) => Parameters?.LambdaFunctionARN ?? [])
  const otherFunctions = [...new Set(called)].filter((arn) => arn !== lambdaArn)
  return blocks.length === 0 ? undefined : { otherFunctions, blocks }
}

/** Without the empty lists and objects that an export may add. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, plain(item)])
      .filter(([, item]) => !isEmpty(item)),
  )
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
