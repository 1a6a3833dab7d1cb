/** Where CloudFormation's references get their values on this machine. Undefined: it has none here. */
export interface Resources {
  /** `Ref`: a resource's own name or address, a parameter, or a pseudo parameter such as `AWS::Region`. */
  ref(name: string): string | undefined
  /** `Fn::GetAtt`. */
  attribute(name: string, attribute: string): string | undefined
}

/** Evaluates CloudFormation's functions in a value. Throws an `Error` naming what it doesn't know. */
export function evaluate(value: unknown, resources: Resources): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, resources))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    return intrinsic(only[0], only[1], resources)
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, evaluate(item, resources)]))
}

function intrinsic(name: string, argument: unknown, resources: Resources): unknown {
  switch (name) {
    case 'Ref':
      return known(resources.ref(String(argument)), `Ref ${argument}`)
    case 'Fn::GetAtt': {
      const [id = '', ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.')
      return known(resources.attribute(id, rest.join('.')), `Fn::GetAtt ${id}.${rest.join('.')}`)
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]]
      return (evaluate(parts, resources) as unknown[]).map(String).join(separator)
    }
    case 'Fn::Select': {
      const [index, list] = argument as [number | string, unknown]
      return (evaluate(list, resources) as unknown[])[Number(index)]
    }
    case 'Fn::Split': {
      const [separator, text] = argument as [string, unknown]
      return String(evaluate(text, resources)).split(separator)
    }
    case 'Fn::Sub': {
      const [text, own]: [unknown, Record<string, unknown>] = Array.isArray(argument)
        ? [argument[0], argument[1] as Record<string, unknown>]
        : [argument, {}]
      return String(text).replace(/\$\{(!?)([^{}]+)\}/g, (_, literal: string, name: string) => {
        if (literal) return `\${${name}}`
        if (name in own) return String(evaluate(own[name], resources))
        return String(intrinsic(name.includes('.') ? 'Fn::GetAtt' : 'Ref', name, resources))
      })
    }
    default:
      throw new Error(`${name} is not known to the local stack`)
  }
}

function known(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`${what} has no value on this machine`)
  return value
}
