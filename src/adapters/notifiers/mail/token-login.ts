// A login by a token of OAuth2: OAUTHBEARER (RFC 7628) where a server offers that and not the older XOAUTH2 of Google and Microsoft,
// which nearly all of them have.

/** What nodemailer gives to a login of one's own. */
interface Login {
  readonly auth: { readonly credentials?: { readonly user: string; readonly pass: string } };
  sendCommand(command: string): Promise<{ readonly status?: number; readonly response: string }>;
}

interface TokenLogin {
  readonly host: string;
  readonly port: number;
  /** Whether the server offers this mechanism. */
  offers(mechanism: string): boolean;
}

/** @returns the login, which fails with the server's own words */
export function tokenLogin({ host, port, offers }: TokenLogin) {
  return async ({ auth, sendCommand }: Login): Promise<void> => {
    const { user = '', pass = '' } = auth.credentials ?? {};
    const isStandard = offers('OAUTHBEARER') && !offers('XOAUTH2');
    // In a name a comma and an equals sign have a meaning (RFC 5801).
    const name = user.replaceAll('=', '=3D').replaceAll(',', '=2C');
    const words = isStandard ? [`n,a=${name},`, `host=${host}`, `port=${port}`] : [`user=${user}`];
    const text = `${[...words, `auth=Bearer ${pass}`].join('\x01')}\x01\x01`;
    let answer = await sendCommand(`AUTH ${isStandard ? 'OAUTHBEARER' : 'XOAUTH2'} ${Buffer.from(text).toString('base64')}`);
    // Why it is refused stands in a challenge, which wants an answer: then the refusal itself comes.
    if (answer.status === 334) answer = await sendCommand(isStandard ? 'AQ==' : '');
    if (answer.status !== 235) throw new Error(`Invalid login: ${answer.response}`);
  };
}
