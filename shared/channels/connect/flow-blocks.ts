/** One block of a flow: Amazon Connect Administrator Guide, "Flow language". Numbers and booleans are text, as exports write them. */
export interface FlowAction {
  Identifier: string
  Type: string
  Parameters: Record<string, unknown>
  Transitions: {
    NextAction?: string
    Errors?: { ErrorType: string; NextAction: string }[]
    Conditions?: { NextAction: string; Condition: { Operator: 'Equals'; Operands: [string] } }[]
  }
}

export interface Flow {
  Version: '2019-10-30'
  StartAction: string
  Metadata: { entryPointPosition: Position; ActionMetadata: Record<string, { position: Position }> }
  Actions: FlowAction[]
}

interface Position {
  x: number
  y: number
}

interface Exits {
  next?: string
  keys?: Record<string, string>
  errors?: Record<string, string>
}

/** A block with its ways out. */
export function action(id: string, type: string, parameters: Record<string, unknown>, exits: Exits): FlowAction {
  const { next, keys, errors } = exits
  return {
    Identifier: id,
    Type: type,
    Parameters: parameters,
    Transitions: {
      ...(next && { NextAction: next }),
      ...(errors && {
        Errors: Object.entries(errors).map(([error, target]) => ({ ErrorType: error, NextAction: target })),
      }),
      ...(keys && {
        Conditions: Object.entries(keys).map(([value, target]) => ({
          NextAction: target,
          Condition: { Operator: 'Equals', Operands: [value] },
        })),
      }),
    },
  }
}

/** A block that goes on by a value. */
export function compare(id: string, value: string, keys: Record<string, string>, otherwise: string): FlowAction {
  const exits = { next: otherwise, keys, errors: { NoMatchingCondition: otherwise } }
  return action(id, 'Compare', { ComparisonValue: value }, exits)
}

/** A flow of blocks that begins with the first. */
export function flowOf(actions: FlowAction[]): Flow {
  return {
    Version: '2019-10-30',
    StartAction: actions[0]?.Identifier ?? '',
    Metadata: { entryPointPosition: { x: 0, y: 0 }, ActionMetadata: layout(actions) },
    Actions: actions,
  }
}

/** Where the console draws the blocks: rows of eight. It has no part in what the flow does. */
function layout(actions: FlowAction[]): Flow['Metadata']['ActionMetadata'] {
  const position = (index: number) => ({ x: 220 * (1 + (index % 8)), y: 220 * Math.floor(index / 8) })
  return Object.fromEntries(actions.map(({ Identifier }, index) => [Identifier, { position: position(index) }]))
}
