// Which encoding a log is in that is neither UTF-8 nor marked. The one door of `chardet`, and what its statistics
// cannot know: a log holds a few words between much ASCII, so the shape of the bytes decides where it hesitates.
// It decodes nothing.
import { analyse } from 'chardet';

const SURE = 50;
/** Western letters win unless others lead by this much: their statistics differ little in a few words. */
const MARGIN = 10;
/** What chardet calls them, and the WHATWG labels that hold the same letters and more. */
const LABELS: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'windows-1250',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'windows-1256',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
  'KOI8-R': 'koi8-r',
};
const MULTIBYTE = /^(?:GB18030|Big5|EUC-JP|EUC-KR|Shift_JIS)$/;

/**
 * @param sample bytes that are not UTF-8, a line or some
 * @returns a label of the WHATWG Encoding Standard, `undefined` when nothing fits
 */
export function guessEncoding(sample: Uint8Array): string | undefined {
  const found = analyse(sample);
  const sure = found.find(({ name, confidence }) => MULTIBYTE.test(name) && confidence >= SURE);
  const shape = shapeOf(sample);
  const singles = found.filter(({ name }) => name in LABELS || /^windows-125\d$/.test(name));
  const western = singles.find(({ name }) => /^(?:ISO-8859-1|windows-1252)$/.test(name));
  const single = western && western.confidence + MARGIN >= singles[0]!.confidence ? western : singles[0];
  const labels = [sure?.name.toLowerCase(), shape, single && (LABELS[single.name] ?? single.name.toLowerCase()), 'windows-1252'];
  return labels.find((label) => label !== undefined && fits(label, sample));
}

function fits(label: string, sample: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(sample);
    return true;
  } catch {
    return false;
  }
}

/** Frequent characters lie together in every table: common hanzi, kana, Cyrillic letters. */
function shapeOf(sample: Uint8Array): string | undefined {
  const pairs = { all: 0, common: 0, kana: 0 };
  const japanese = { all: 0, kana: 0 };
  const runs = { high: 0, cyrillic: 0 };
  for (let at = 0; at < sample.length; at++) {
    const [byte, next] = [sample[at]!, sample[at + 1] ?? 0];
    if (byte < 0x80) continue;
    runs.high++;
    if (byte >= 0xc0 && (next >= 0xc0 || (sample[at - 1] ?? 0) >= 0xc0)) runs.cyrillic++;
  }
  for (let at = 0; at < sample.length; at++) {
    const [lead, trail] = [sample[at]!, sample[at + 1] ?? 0];
    if (lead < 0x80) continue;
    if ((lead >= 0x81 && lead <= 0x9f) || lead >= 0xe0) {
      japanese.all++;
      if (lead === 0x81 || lead === 0x82 || lead === 0x83) japanese.kana++;
    }
    if (lead < 0xa1 || trail < 0xa1) continue;
    pairs.all++;
    if ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3)) pairs.common++;
    if (lead === 0xa4 || lead === 0xa5) pairs.kana++;
    at++;
  }
  if (japanese.all > 0 && japanese.kana * 3 >= japanese.all && japanese.kana > 1) return 'shift_jis';
  const paired = pairs.all * 2 >= runs.high * 0.9;
  if (paired && pairs.kana * 3 >= pairs.all) return 'euc-jp';
  if (paired && pairs.common >= pairs.all * 0.7) return 'gb18030';
  return runs.cyrillic >= runs.high * 0.8 ? 'windows-1251' : undefined;
}
