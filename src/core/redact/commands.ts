// Commands: where a program takes a password, by its documents, and where any program does. The name of the flag says it, or the place
// behind the name of the program; a flag of one letter is believed by what stands behind it.
import { isChosen, isDrawn, isPathOrThing, isRandom, isThing } from './drawn.ts';
import { isCode, isSpeech } from './no-value.ts';
import type { Rule } from './rule.ts';
import { MIDDLE_NAMES, NAMED, NAMES } from './secret-names.ts';

/** Programs, and the flags behind which they take a password, or a user with one. */
const PROGRAMS: readonly (readonly [names: readonly string[], flag: string])[] = [
  // Whose password it is comes before it.
  [['rabbitmqctl'], '(?:add_user|change_password|authenticate_user)\\s\\S{1,60}\\s'],
  [['bundle config', 'bundle'], 'config\\s(?:set\\s)?(?:--\\w+\\s){0,2}[\\w.:/-]{1,120}\\s[\\w.@+-]{1,60}:'],
  [['htpasswd'], '-[A-Za-z]{0,6}b[A-Za-z]{0,6}\\s\\S{1,200}\\s\\S{1,60}\\s'],
  [['net user'], '\\w[\\w.-]{0,40}\\s'],
  [['net use', 'cmdkey'], '/user:\\S{1,60}\\s'],
  [['net use'], '\\\\\\\\\\S{1,120}\\s(?=\\S{1,80}\\s/user)'],
  [['nsupdate', 'dig'], '-y\\s(?:[a-z\\d-]{1,20}:)?[\\w.-]{1,60}:'],
  [['ssh-keygen'], '-[NP]\\s'],
  [['chkpasswd', 'checkpassword', 'checkpasswd', 'setpasswd'], '[\\w.@+-]{1,60}\\s'],
  [['signtool'], '/[pP]\\s'],
  [['addauth'], 'digest\\s[\\w.@-]{1,60}:'],
  [['ejabberdctl', 'prosodyctl'], 'register\\s\\S{1,60}\\s\\S{1,120}\\s'],
  [['ejabberdctl'], 'change_password\\s\\S{1,60}\\s\\S{1,120}\\s'],
  [['poetry', 'composer'], 'config\\s(?:--?[\\w-]{1,20}\\s){0,3}http-basic\\.[\\w.-]{1,120}\\s\\S{1,60}\\s'],
  [['radtest'], '\\S{1,60}\\s'],
  [['security'], '(?:unlock-keychain|create-keychain|set-key-partition-list)\\s(?:-\\w\\s){0,2}-[pk]\\s'],
  [['schtasks'], '/[rR][pP]\\s'],
  [['plink', 'pscp', 'psftp', 'putty'], '-pw\\s'],
  [['psexec', 'winexe', 'wmic'], '[-/](?:p|password)[\\s:]'],
  [['wpa_passphrase'], '\\S{1,40}\\s'],
  [['mc alias', 'mc config'], 'set\\s(?:\\S{1,200}\\s){3}'],
  [['aws configure'], 'set\\s\\S{0,60}(?:secret|token)\\S{0,40}\\s'],
  [['smbclient', 'rpcclient', 'smbget', 'winexe'], '(?:-U|--user)[=\\s]?["\']?[^\\s%"\']{1,60}%'],
  [['curl', 'wget', 'http', 'https', 'xh'], `(?:-u|--user|--proxy-user|-a|--auth)[=\\s]?["']?[^\\s:"']{1,100}:`],
  [['openssl'], '(?:-k\\s|-pass(?:in|out)?\\s{1,3}(?:pass:)?(?!pass:))'],
  [['7z', '7za', '7zr', 'unrar', 'rar'], '-[pP]\\s?'],
  [['unzip', 'zip', 'zipcloak'], '-P\\s?'],
  [['mosquitto_pub', 'mosquitto_sub', 'redis-cli', 'cqlsh', 'sqlcmd', 'isql', 'influx', 'ipmitool'], '(?:-P|-p|-a|--pass)\\s'],
  [['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapdelete', 'ldappasswd', 'ldapwhoami'], '-w\\s'],
  [['ldappasswd'], '-[as]\\s'],
  [['snmpget', 'snmpwalk', 'snmpset', 'snmpbulkwalk', 'snmptrap'], '(?:-A|-X|-c)\\s'],
  [['keytool', 'jarsigner', 'apksigner'], '-(?:store|key|srcstore|deststore|new)pass\\s'],
  [
    [
      ...['docker', 'podman', 'buildah', 'skopeo', 'nerdctl', 'oc', 'az', 'registry', 'acr', 'cf', 'argocd'].map(
        (program) => `${program} login`,
      ),
      'helm',
    ],
    '(?:-p|--password|--creds)\\s',
  ],
  [['x11vnc', 'vncpasswd', 'xfreerdp'], '(?:-passwd\\s|/p:)'],
  [['sqlplus', 'rman', 'expdp', 'impdp', 'sqlldr'], '[\\w.$]{1,40}/'],
  [['mount'], '-o\\s\\S{0,200}?(?:password|pass)='],
];

/** What a flag for a password is followed by, and not by a port, a flag, a path or a variable. */
const isArgument = (secret: string): boolean => !/^(?:[-<{$/~*|>&.]|\(\d{1,4}$|\d{1,5}(?::\d.*)?$|\w{2,10}:\/\/|[A-Z]:\\)/.test(secret);

const isTyped = (secret: string): boolean => isDrawn(secret) && !isPathOrThing(secret) && !isCode(secret);

const UUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const ID_AS_KEY = new RegExp(`^${UUID}$`);
/** A short word that nobody reads, and an id behind it. */
const PREFIXED = new RegExp(`^[a-z]{3,10}_${UUID}$`);
const isKeyOrPassword = (secret: string, match: string): boolean =>
  (/\s-t\s/.test(match) && ID_AS_KEY.test(secret)) ||
  (PREFIXED.test(secret) && !isThing(secret)) ||
  (!isPathOrThing(secret) &&
    !/[/:=,]/.test(secret) &&
    /[a-z]/i.test(secret) &&
    /\d/.test(secret) &&
    /^\w[^!#$%^&*?]*[!#$%^&*?]\w*[!#$%^&*?]*$/.test(secret));

export const COMMAND_RULES: readonly Rule[] = [
  {
    kind: 'secret',
    words: ['--', ' -pass', ' -pwd', ' -secret', ' -token', ' -api', ' -db', ' -user', ' -admin', ' -new', ' -old', ' -client'],
    needs: [/-[a-z]/i, NAMED],
    pattern: new RegExp(
      `(?:--[\\w.-]{0,40}(?:(?<=[-_.])|(?-i:(?<=[a-z\\d])(?=[A-Z])))|(?<=\\s)-[A-Za-z]{0,20}?)(?:${NAMES})(?:=|[^\\S\\n]{1,3})(?!\\[redacted |--)["']?([^\\s"']{3,300})`,
      'gi',
    ),
    // As a page of help has it, the argument is called what the flag is.
    accept: (secret, match) =>
      (!/^[<[{$(-]/.test(secret) || isRandom(secret)) &&
      !isSpeech(secret) &&
      !(
        /^[A-Z_]+\]*$/.test(secret) &&
        match
          .toLowerCase()
          .replace(/\W+/g, '_')
          .includes(`_${secret.toLowerCase().replace(/\]+$/, '')}_`)
      ),
  },
  // A flag whose name may be another thing's: by what the value looks like.
  {
    kind: 'secret',
    words: ['-key', '-pat', '-psk', '-jwt', '-sid', '-sas', '-sig', '-creds'],
    pattern: new RegExp(
      `(?<=\\s)--[\\w.-]{0,40}(?:${MIDDLE_NAMES})(?:=|[^\\S\\n]{1,3})(?!\\[redacted |--)["']?([^\\s"'=]{8,300}={0,2})(?=["']?(?:\\s|$))`,
      'gi',
    ),
    // Of many keys, and of capitals and figures, fingerprints are told: `--recv-keys`, `--default-key`.
    accept: (secret, match) =>
      isChosen(secret) && !/keys[=\s]/i.test(match) && !/^(?:0x)?[0-9A-F]{8,40}$/.test(secret) && !isThing(secret) && !isCode(secret),
  },
  // Programs and the flags behind which they take a password.
  ...PROGRAMS.map(
    ([names, flag]): Rule => ({
      kind: 'secret',
      words: names,
      pattern: new RegExp(
        `\\s${flag}(?<=(?<![\\w-])(?:${names.join('|')})\\b[^\\n|;]{0,300}\\s${flag})["']?(?!\\[redacted )([^\\s"']{3,300})`,
        'g',
      ),
      accept: (secret, _, __, after) => isArgument(secret) && !(isSpeech(secret) && /^\s(?:the|an?|is|on|this|your)\b/.test(after)),
    }),
  ),
  {
    // Whatever program it is: a login in one word, behind a flag that is called so.
    kind: 'secret',
    words: [' -u', ' -a', '--user', '--auth', '--basic', '--cred', '-creds', '--proxy-user', '--login'],
    pattern:
      /\s(?:-[uaA]|--(?:user(?:name)?|auth|basic(?:-auth)?|credentials?|creds|proxy-user|http-user|login|(?:src|dest)-creds))[\s=]["']?[A-Za-z][\w.@+-]{0,60}:(?!\[redacted |\/)([^\s"':/,]{3,200})(?=["']?(?:\s|$))/g,
    accept: (secret, _, before) => isArgument(secret) && !/\b(?:docker|podman|compose|chown|install|rsync|kubectl)\b/.test(before),
  },
  { kind: 'secret', words: ['sshpass'], pattern: /\bsshpass\s(?:-\w+\s){0,3}-p\s{0,3}["']?([^\s"']{2,200})/g },
  {
    kind: 'secret',
    words: ['mysql', 'mariadb', 'mongo', 'redis-cli', 'smbclient'],
    pattern:
      /\b(?:mysql\w*|mariadb\w*|mongo(?:sh|dump|restore)?|redis-cli)\b[^\n|;]{0,200}?[\s"'](?:-p["']?|-a\s["']?)([^\s"'-][^\s"']{2,200})/g,
    accept: (secret) => !/^\d{2,5}$/.test(secret),
  },
  // The same of a line of a command: nothing but a password has a sign within or behind a word with figures, nothing but a token is an id here.
  {
    kind: 'secret',
    words: [' -p ', ' -t ', ' -w ', ' -k '],
    pattern: /\s-[ptwk]\s["']?(?!\[redacted )([^\s"'`$<>|;{}()\\]{8,200})(?=["']?(?:\s|$))/g,
    accept: (secret, match, before) =>
      isKeyOrPassword(secret, match) && !/\b(?:tenant|docker|podman|nmap|mkdir|ports?|az|image|tag)\b[^\n]*$/i.test(before),
  },
  { kind: 'secret', words: ['requirepass', 'masterauth'], pattern: /\b(?:requirepass|masterauth)\s["']?(?!\[redacted )([^\s"']{3,200})/gi },
  { kind: 'secret', words: [' -u', '--user'], pattern: /\s(?:-U\s?|--user[=\s])["']?[\w.\\/-]{1,60}%(?!\[redacted )([^\s"'%]{3,200})/g },
  // Whatever program it is: a flag for the user, then one for the password.
  {
    kind: 'secret',
    words: [' -u', ' -n', ' -l', ' --user'],
    pattern:
      /\s-(?:[unlU]|-?user(?:name)?)[\s=]\S{1,80}(?:\s[^\s|;]{1,80}){0,4}?\s-(?:[pPw]|pw|-?pass\w{0,8})[\s=]["']?(?!\[redacted )([^\s"'|;:/]{3,200})/g,
    // Programs of databases ask for the password behind a bare `-p`: what follows is the name of one.
    accept: (secret, match, before) =>
      /[a-z]/i.test(secret) &&
      !/^[-$<{([]/.test(secret) &&
      !isCode(secret) &&
      (isTyped(secret) || !/(?<![\w-])(?:mysql|mariadb|psql|pg_)\w*\s[^\n]*$/.test(before) || !/-[pw]\s["']?\S+$/.test(match)),
  },
];
