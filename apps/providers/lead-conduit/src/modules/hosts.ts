/** Where LeadPerfection is: a simulated one is somewhere else. No slash at the end. */
export interface Hosts {
  /** Takes leads as JSON at `/{client id}/{action}`. */
  readonly posting: string;
  /** Has an org's classic pages under `/batch`. */
  readonly pages: (subdomain: string) => string;
}

/** LeadPerfection's own hosts. */
export const vendorHosts: Hosts = {
  posting: 'https://lppost.leadperfection.com',
  pages: (subdomain) => `https://${subdomain}.leadperfection.com`,
};
