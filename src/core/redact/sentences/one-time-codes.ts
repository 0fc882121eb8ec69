// Codes that hold once and for minutes, as they are sent to people and as programs tell of them: a noun for such a code in any language
// beside a number of four to eight digits, in either order. "Code" alone is one of errors and of countries: it has to be somebody's.
import type { Rule } from '../rule.ts';

const ENGLISH =
  '(?:otp|totp|pin|puk|(?:2fa|mfa|otp|sms|verification|verify|one[ _-]time|single[ _-]use|security|log[ -]?in|sign[ -]?in|auth|authentication|authorization|confirmation|access|activation|pairing|two-factor)[ _-]?(?:pass)?(?:code|pin|password)|passcode|pin[ _-]?code|cvv2?|cvc2?)(?:[ _-]?code)?';
const OTHERS = [
  '(?:bestätigungs|sicherheits|verifizierungs|anmelde|einmal|zugangs|freischalt)[ -]?(?:code|kennwort|passwort)|(?:m|sms-?|push-?)tan',
  "code (?:de |d['’])(?:vérification|sécurité|confirmation|connexion|validation|accès|activation)|code à usage unique",
  'c[óo]digo (?:de )?(?:un solo uso|uso [úu]nico|verificaci[óo]n|seguridad|confirmaci[óo]n|acceso|verifica[çc][ãa]o|seguran[çc]a|confirma[çc][ãa]o|acesso)|codice (?:di )?(?:verifica|sicurezza|conferma|accesso|otp)',
  '(?:verificatie|beveiligings|bevestigings|inlog|toegangs)code|(?:verifierings|bekräftelse|engångs|säkerhets|engangs|bekræftelses|bekreftelses)kode?n?|vahvistuskoodi(?:si)?',
  'kod (?:weryfikacyjny|autoryzacyjny|potwierdzenia|sms|dostępu|bezpieczeństwa)|(?:ověřovací|potvrzovací|overovací) kód|ellenőrző kód(?:ja)?|cod(?:ul)? de verificare',
  '(?:doğrulama|onay|güvenlik) kodu(?:nuz)?|mã (?:xác (?:nhận|minh|thực)|otp)|kode (?:verifikasi|otp)',
  'код (?:подтверждения|доступа|безопасности|авторизации|для входа|підтвердження)|одноразовый (?:код|пароль)|κωδικός επαλήθευσης|קוד (?:ה?אימות)|رمز (?:التحقق|التأكيد)|सत्यापन कोड|รหัส(?:ยืนยัน| ?otp)',
  '验证码|驗證碼|校验码|动态码|动态密码|認証コード|確認コード|検証コード|ワンタイムパスワード|(?:확인|인증) ?코드|인증 ?번호',
].join('|');
const YOUR = '(?:your|ihr|dein|votre|ton|tu|su|seu|o seu|il tuo|la tua|uw|je|twój|din|ditt|ваш|твой|váš)';
const NOUN = `(?:(?<![A-Za-z])(?:${ENGLISH})|${OTHERS}|(?<![A-Za-z])${YOUR}\\s(?:[^\\s\\d]{1,30}\\s){0,4}?(?:code|c[óo]digo|codice|kod|код|kód))`;

const FOR = '(?:\\s(?:for|für|pour|para|per|voor|do|для|to)\\s\\S{1,60}|\\s(?:entered|received|sent|expired))';
const IS = '(?:(?<![A-Za-z])(?:is|was|ist|lautet|est|es|é|è|jest|är|er|on)(?: ?[:=])?|=>|[:=：是为為は는은이가【「[])';
const NUMBER = '(?:[A-Z]-)?(\\d{3,8}(?!\\w|-\\w|\\.\\d)|\\d{3}[ -]\\d{3}(?![\\d-]))';

const WORDS: readonly string[] = [
  ...[
    'otp',
    'pin',
    'puk',
    'code',
    'cvv',
    'cvc',
    'passwor',
    'kennwort',
    'passwort',
    'mtan',
    'smstan',
    'sms-tan',
    'pushtan',
    'push-tan',
    'kod',
    'koodi',
    'kód',
    'código',
    'codigo',
  ],
  ...['codice', 'cod de', 'codul de', 'код', 'пароль', 'κωδικός', 'קוד', 'رمز', 'कोड', 'รหัส', 'mã xác', 'mã otp'],
  ...['验证码', '驗證碼', '校验码', '动态', 'コード', 'ワンタイム', '코드', '번호'],
];

/** A cheap look: a number of its own, and a noun. */
const NEEDS: readonly RegExp[] = [
  /(?<![\w.:/-])(?:[A-Z]-)?\d{3}(?:[ -]\d{3}|\d{1,5})?(?![\w:])/,
  new RegExp(`(?<![A-Za-z])(?:${ENGLISH})|${OTHERS}|(?<![A-Za-z])${YOUR}\\s[^\\d\\n]{0,90}(?:cod|kod|код|kód|cód)`, 'i'),
];

const IS_YOURS = new RegExp(`\\s${YOUR}\\s|${OTHERS}|(?<![A-Za-z])(?:${ENGLISH})`, 'i');
const IS_SAID = new RegExp(`^${YOUR}|${IS}\\s{0,3}["'【「[*]{0,2}(?:[A-Z]-)?$`, 'i');

export const ONE_TIME_CODES: readonly Rule[] = [
  {
    kind: 'one-time-code',
    words: WORDS,
    needs: NEEDS,
    pattern: new RegExp(
      `${NOUN}["']?[는은]?${FOR}{0,2}\\s{0,3}(?:${IS}\\s{0,3})?["'【「[*]{0,2}${NUMBER}|` +
        // The number first.
        `(?<![\\w.:/#-])(?:[A-Z]-)?(\\d{4,8}|\\d{3}[ -]\\d{3})\\s(?:(?:is|ist|est|es|é|è|jest|är|er|это|—|-|as|als|comme|como)\\s(?:${YOUR}|the|der|die|le|el|la|o|il|de)\\s|(?:is|ist|est|es|é|è)\\s)(?:[^\\s\\d]{1,30}\\s){0,3}?(?:${ENGLISH}|${OTHERS}|code|c[óo]digo|codice|kod|код)(?![A-Za-z])`,
      'gi',
    ),
    // Behind nothing but a blank a number is of another kind as often.
    accept: (secret, match) =>
      /^(?:[A-Z]-)?\d/.test(match) ? IS_YOURS.test(match) : IS_SAID.test(match.slice(0, match.lastIndexOf(secret))),
  },
];
