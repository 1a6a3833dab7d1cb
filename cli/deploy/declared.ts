import { readSource } from '../../local/place.ts'

/** The parameters that a configuration of the framework declares, for any stage. Throws for a file that is no YAML. */
export function declaredIn(file: string): string[] {
  const { params = {} } = readSource(file).data as { params?: Record<string, object> }
  return [...new Set(Object.values(params).flatMap((each) => Object.keys(each)))]
}
