// Strict reading of mail addresses. A recipient list is where a mail can be turned against its sender:
// the library splits commas, semicolons, groups and line breaks, so only plain addresses get that far.
import { domainToASCII } from 'node:url';
import { fail } from '../../../errors.ts';

/** RFC 5321 and 6531 without quoted local parts, comments and address literals: what people really have. */
const ADDRESS =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/u;

/** Reads `name <a@b>` as well as `a@b`. @throws AiOpsError `mail-address` */
export function readAddress(text: string): { readonly name?: string; readonly address: string } {
  const named = /^\s*([^<>\r\n"]*?)\s*<([^<>\r\n]+)>\s*$/.exec(text);
  const address = withAsciiDomain((named?.[2] ?? text).trim());
  if (!ADDRESS.test(address) || address.length > 254) throw fail('mail-address', { address: JSON.stringify(text) });
  return named?.[1] ? { name: named[1], address } : { address };
}

/** Servers know domains by their A-labels (RFC 5891); the part before the sign is the receiver's own affair. */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  // Nothing of what a URL makes of a name but its letters.
  return /^[\p{L}\p{N}\p{M}.-]+$/u.test(domain) ? `${address.slice(0, at + 1)}${domainToASCII(domain)}` : address;
}
