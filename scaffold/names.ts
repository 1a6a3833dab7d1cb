/** A name as it is written in configurations, in code, and for types: `redis-ping`, `redisPing`, `RedisPing`. */
export interface Names {
  name: string
  camel: string
  pascal: string
}

export function namesOf(name: string): Names {
  const pascal = name.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase())
  return { name, pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1) }
}
