/** Of a service in a region; the partition of China has a domain of its own (AWS General Reference, "Service endpoints"). */
export function serviceAddress(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
}
