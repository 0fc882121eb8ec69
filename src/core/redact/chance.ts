// How much likelier it is that chance has made a word than that somebody has written it, in bits: letters that follow each other as
// they do in no language and no name of a program, cases and digits that change where nobody changes them. It says nothing of what the
// word is for: chance makes hashes and ids of records as well as secrets.

/**
 * How often a letter follows another where people write, against chance: a row for the first letter, a sign for the second, `a` for 2^-6
 * and each further one for 0.4 bits more. Counted over 70,000 different words of sources and their documents, English most of them.
 */
const FOLLOWS: readonly string[] = [
  'iprqhkpeocltqsbpbtrunlikne',
  'tnnmtmkgspfukjskeqqksfeepf',
  'tinktketodrrjhvjaqmtofdcja',
  'sllpxmjhughpjjrkdopkphgela',
  'qjrsmnlfidfpptinlvtrhmkqlc',
  'skmmssihwberhkuiaqpoqedamb',
  'qikixhnqrciqmrpmctqnqhgcjj',
  'viijwfghtbkmnjujeplroefema',
  'onrppnpcebirpwtodossdnakam',
  'tiklwkhipiljijskgiwkrjndie',
  'rkmmymnkthjnknpmgmsmnjlclc',
  'tkjowjheveishhtkahoppkecpb',
  'voikwggetdinpistcgolofdgka',
  'rhrssotgqelkjnrkchtunmecje',
  'lopqgmmelhmqqwnrauppqmoifc',
  'ufkluggnqaisigtpcuotpgdcma',
  'lmgkhjiekfgrkjhkkoomzklghf',
  'thonwjmetalmomtjaqrrnkfaoa',
  'pgqkvkgpsbkmljqqihsvqiihna',
  'tgnjvjfrvafljgsldsqooehdqc',
  'opomsnmcpafsrukratstegbgcd',
  'vklgyjhbuacilipjailjhggeib',
  'ujhmthjrubjmhsuhctqlggiieb',
  'oirkvkhjrbckokmvgjovifenog',
  'olnjqjmgofgqqtoxelsqihpghk',
  'tijjykjmtdjnliqjejnllfhgnn',
];

/** The case and the kind of the next sign: how often people go from one to the other. */
const WRITTEN = { toCapital: 0.07, capitalStays: 0.4, toDigit: 0.04, digitStays: 0.8 } as const;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isCapital = (code: number): boolean => code >= 65 && code <= 90;
const isSmall = (code: number): boolean => code >= 97 && code <= 122;

/**
 * Bits of evidence that chance has made it; below none that somebody has written it. Twenty letters and digits that are drawn have about
 * twenty bits, a name of two words about as many below none.
 * @param text of any signs; those that are neither letters nor digits part it and say nothing
 */
export function chanceBits(text: string): number {
  let isAnySmall = false;
  let isAnyCapital = false;
  let isAnyDigit = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    isAnySmall ||= isSmall(code);
    isAnyCapital ||= isCapital(code);
    isAnyDigit ||= isDigit(code);
  }
  const letters = (isAnySmall ? 26 : 0) + (isAnyCapital ? 26 : 0);
  const digitShare = isAnyDigit ? 10 / (10 + letters) : 0;
  const hasCases = isAnySmall && isAnyCapital;
  let bits = 0;
  for (let at = 1; at < text.length; at += 1) {
    const before = text.charCodeAt(at - 1);
    const code = text.charCodeAt(at);
    const wasDigit = isDigit(before);
    if (!wasDigit && !isCapital(before) && !isSmall(before)) continue;
    if (isDigit(code)) {
      if (letters > 0) bits += Math.log2(digitShare / (wasDigit ? WRITTEN.digitStays : WRITTEN.toDigit));
      continue;
    }
    if (!isCapital(code) && !isSmall(code)) continue;
    if (isAnyDigit) bits += Math.log2((1 - digitShare) / (wasDigit ? 1 - WRITTEN.digitStays : 1 - WRITTEN.toDigit));
    if (wasDigit) continue;
    const wasCapital = isCapital(before);
    const capital = isCapital(code);
    if (hasCases) {
      const toCapital = wasCapital ? WRITTEN.capitalStays : WRITTEN.toCapital;
      bits += Math.log2(0.5 / (capital ? toCapital : 1 - toCapital));
    }
    // Behind a small letter a capital begins a word.
    if (capital && !wasCapital) continue;
    bits += 6 - 0.4 * (FOLLOWS[(before | 32) - 97]!.charCodeAt((code | 32) - 97) - 97);
  }
  return bits;
}
