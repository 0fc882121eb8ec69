// Writes the mail that would have been sent into a directory, and sends nothing: for the demo and for trying texts out.
// Per trace: `.eml` as any mail program opens it, `.html` for a browser, `.txt` for a person at a terminal.
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asAiOpsError, fail, failedCheck } from '../../../errors.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';
import type { Check, Message, Notifier } from '../../../ports.ts';
import { readAddress } from '../mail/addresses.ts';
import { messageId, renderMail } from '../mail/notifier.ts';

export interface FileNotifierSettings {
  /** Absolute; made when it is needed. */
  readonly dir: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** @throws AiOpsError (when it notifies) `file-unwritable`, `mail-address` */
export function createFileNotifier({ dir, from, to }: FileNotifierSettings): Notifier {
  return {
    name: 'mail file',
    address: (id) => ({ deliveryId: messageId(id, readAddress(from)), recipients: to }),
    async send(mail) {
      const eml = await renderMail(mail, { from, to });
      const name = join(dir, (mail.trace ?? mail.id).replace(/[^A-Za-z0-9-]/g, '-'));
      await unlessUnwritable(name, async () => {
        await mkdir(dir, { recursive: true });
        await writeFile(`${name}.eml`, eml);
        await writeFile(`${name}.html`, mail.html);
        await writeFile(`${name}.txt`, plain(mail, from, to));
      });
      return { said: `not sent; the mail is ${name}.eml`, later: [], refused: [] };
    },
    check: async () => [await directoryCheck(dir)],
  };
}

function plain({ subject, text }: Message, from: string, to: readonly string[]): string {
  return `From: ${from}\nTo: ${to.join(', ')}\nSubject: ${subject.replace(/[\r\n]+/g, ' ')}\n\n${text}`;
}

async function directoryCheck(dir: string): Promise<Check> {
  const name = 'mail';
  try {
    await unlessUnwritable(dir, async () => {
      await mkdir(dir, { recursive: true });
      await access(dir, constants.W_OK);
    });
    return { name, status: 'ok', detail: `mails are not sent but written to ${dir}` };
  } catch (error) {
    return failedCheck(name, asAiOpsError(error));
  }
}

async function unlessUnwritable(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const detail = codeOf(error) || messageOf(error);
    throw fail('file-unwritable', { file, detail }, error);
  }
}
