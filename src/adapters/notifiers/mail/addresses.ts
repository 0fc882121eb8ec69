// Strict reading of mail addresses. A recipient list is where a mail can be turned against its sender:
// the library splits commas, semicolons, groups and line breaks, so only plain addresses get that far.
import { fail } from '../../../errors.ts';

/** RFC 5321 without quoted local parts, comments and address literals: what people really have. */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** Reads `name <a@b>` as well as `a@b`. @throws AiOpsError `mail-address` */
export function readAddress(text: string): { readonly name?: string; readonly address: string } {
  const named = /^\s*([^<>\r\n"]*?)\s*<([^<>\r\n]+)>\s*$/.exec(text);
  const address = (named?.[2] ?? text).trim();
  if (!ADDRESS.test(address) || address.length > 254) throw fail('mail-address', { address: JSON.stringify(text) });
  return named?.[1] ? { name: named[1], address } : { address };
}
