/** Cookies of the console, by their short names. */
export interface CookieJar {
  name(short: string): string
  options(maxAgeMs: number): object
}
