/** A compiled CloudFormation template, as far as tests look at it. */
export interface Template {
  Resources: Record<string, Resource>
  Outputs: Record<string, { Value: unknown }>
  Conditions: Record<string, unknown>
}

export interface Resource {
  Type: string
  Properties: Record<string, unknown>
  DependsOn?: string | string[]
  Condition?: string
  DeletionPolicy?: string
  UpdateReplacePolicy?: string
}

/** The resources of a type, by logical id. */
export function ofType(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)
}

/** A reference to a resource, a parameter (`Ref`) or an attribute of a resource, anywhere in a value. */
export interface Reference {
  id: string
  attribute?: string
}

/** All references in a value: `Ref`, `Fn::GetAtt`, and those in the text of `Fn::Sub`. */
export function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, argument]): Reference[] => {
    if (key === 'Ref') return [{ id: String(argument) }]
    if (key === 'Fn::GetAtt') return [reference(Array.isArray(argument) ? argument.join('.') : String(argument))]
    if (key === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? [String(argument[0]), argument[1]] : [String(argument), {}]
      const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map((match) => match[1] ?? '')
      return [...names.filter((name) => !(name in own)).map(reference), ...referencesIn(own)]
    }
    return referencesIn(argument)
  })
}

function reference(name: string): Reference {
  const [id = '', ...attribute] = name.split('.')
  return attribute.length === 0 ? { id } : { id, attribute: attribute.join('.') }
}

/** Logical ids that a resource needs before it can be made. */
export function needs(resource: Resource): string[] {
  return [...referencesIn(resource.Properties).map(({ id }) => id), ...[resource.DependsOn ?? []].flat()]
}

/** A function's environment variables. */
export function environmentOf(fn: Resource): Record<string, unknown> {
  return (fn.Properties.Environment as { Variables: Record<string, unknown> } | undefined)?.Variables ?? {}
}

/** The role that a function runs with. */
export function roleOf(template: Template, fn: Resource): Resource {
  const role = template.Resources[referencesIn(fn.Properties.Role)[0]?.id ?? '']
  if (!role) throw new Error(`${fn.Properties.FunctionName} has no role in the template`)
  return role
}

/** One action on one resource. */
export interface Grant {
  action: string
  resource: unknown
}

/** What a policy document allows. */
export function grantsOf(document: unknown): Grant[] {
  const { Statement } = document as { Statement: { Effect: string; Action: string | string[]; Resource: unknown }[] }
  return Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
  )
}

/** What a role's own policies allow. */
export function roleGrants(role: Resource): Grant[] {
  return (role.Properties.Policies as { PolicyDocument: unknown }[]).flatMap(({ PolicyDocument }) =>
    grantsOf(PolicyDocument),
  )
}
