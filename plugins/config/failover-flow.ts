import { action, compare, type Flow, flowOf } from '../../shared/channels/connect/flow-blocks.ts'
import type { CompiledFailover } from '../../shared/contracts/compiled-config.ts'

/** A flow waits at most 8 s for a function that it calls synchronously (Administrator Guide, "Invoke Lambda functions"). */
const LAMBDA_SECONDS = '8'

const goodbye = 'goodbye'

/**
 * A flow that asks which region serves and hands the caller to that one's bot, after saying `text`: a sample for flows of one's own, and
 * good as it is. Whatever else the function answers, or if it does not, the first region's bot takes the caller.
 *
 * @param lookUpArn the ARN of `region-lookup`, or what CloudFormation substitutes with it
 * @param aliasArn the ARN of a bot's alias in a region
 */
export function failoverFlow(
  { name, regions }: CompiledFailover,
  text: string,
  lookUpArn: string,
  aliasArn: (region: string, bot: { botId: string; aliasId: string }) => string,
): Flow {
  const bots = regions.flatMap(({ region, bot }) => (bot === undefined ? [] : [{ region, arn: aliasArn(region, bot) }]))
  const [first] = bots
  const id = (region: string) => `bot-${region}`
  const primary = first === undefined ? goodbye : id(first.region)
  return flowOf([
    action(
      'look-up',
      'InvokeLambdaFunction',
      {
        LambdaFunctionARN: lookUpArn,
        InvocationTimeLimitSeconds: LAMBDA_SECONDS,
        InvocationType: 'SYNCHRONOUS',
        LambdaInvocationAttributes: { failover: name },
        ResponseValidation: { ResponseType: 'STRING_MAP' },
      },
      { next: 'region', errors: { NoMatchingError: primary } },
    ),
    compare(
      'region',
      '$.External.primaryCode',
      Object.fromEntries(bots.map(({ region }) => [region, id(region)])),
      primary,
    ),
    ...bots.map(({ region, arn }) =>
      // Amazon Connect API reference, "ConnectParticipantWithLexBot".
      action(
        id(region),
        'ConnectParticipantWithLexBot',
        { Text: text, LexV2Bot: { AliasArn: arn } },
        {
          next: goodbye,
          errors: { InputTimeLimitExceeded: goodbye, NoMatchingCondition: goodbye, NoMatchingError: goodbye },
        },
      ),
    ),
    action(goodbye, 'DisconnectParticipant', {}, {}),
  ])
}
