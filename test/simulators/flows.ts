export interface RawAction {
  Identifier: string
  Type: string
  Parameters: Record<string, unknown>
  Transitions: {
    NextAction?: string
    Errors?: { ErrorType: string; NextAction: string }[]
    Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[]
  }
}

export const bye: RawAction = { Identifier: 'bye', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }
export const anyError = (NextAction: string) => [{ ErrorType: 'NoMatchingError', NextAction }]
export const equals = (operand: string, NextAction: string, Operator = 'Equals') => ({
  NextAction,
  Condition: { Operator, Operands: [operand] },
})
export const say = (Identifier: string, Text: string, NextAction = 'bye'): RawAction => ({
  Identifier,
  Type: 'MessageParticipant',
  Parameters: { Text },
  Transitions: { NextAction, Errors: anyError('failed') },
})
export const flowOf = (...Actions: RawAction[]) => ({
  Version: '2019-10-30',
  StartAction: Actions[0]?.Identifier,
  Actions: [...Actions, say('failed', 'failed'), bye],
})
