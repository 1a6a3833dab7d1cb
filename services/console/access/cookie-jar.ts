/** Cookies of the console, by their short names. */
export interface CookieJar {
  name(short: string): string
  options(maxAgeMs: number): object
}

/** `isSecure`: they go over TLS alone, and are this host's alone. */
export function cookieJar(isSecure: boolean): CookieJar {
  return {
    name: (short) => `${isSecure ? '__Host-' : ''}fenghuo-${short}`,
    options: (ms) => ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure, maxAge: ms / 1000 }),
  }
}
