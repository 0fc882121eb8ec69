// What stands where a secret would, and is none: a placeholder, a type, a word about it, or code that takes the value from somewhere.

/** Values that stand where a secret would, and are none. */
const NO_VALUE =
  /^(?:include|omit|same-origin|(?:your|my|some|the|enter|put|insert|replace)[-_ ](?:\w+[-_ ]){0,4}(?:here|key|token|secret|password|value)|change[-_]?(?:me|it)|null|none|nil|undefined|true|false|empty|required|missing|invalid|rejected|expired|expected|unexpected|string|number|boolean|object|function|bytes|integer|unknown|optional|filtered|redacted|hidden|secret|masked|withheld|protected|\[?(?:filtered|redacted|hidden|secure|masked|protected)\]?|[*•x.#_-]{3,}|<[^>]*>|\$\{?[\w.:-]+\}?|[$%][({].*|(?:is|must|can(?:'t|not)?|should|has|have|may|needs?|does(?:n't)?|was|too|at (?:least|most)|please)\b .*|\{\{?[\w. ]+\}?\}?|%[\w(]\w*\)?s?|process\.env\b.*|os\.environ\b.*|env\(.*)$/i;

/** Code that takes the value from somewhere: a call, an index, a property. A stack trace prints such lines. */
const CODE =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]|(?:self|this|req|request|res|response|config|settings|options|opts|ctx|context|params|args|kwargs|payload|data|user|body|env|state|props|session|os|cls|super|input|form|cfg|conf|row|account|auth|credentials)(?:\.|->|::|\?\.)[A-Za-z_$]|\$this->|\$_|@\w+\.|await\b|new\b|new$|lambda\b|function\b)/;

/** `(options.clientSecret`, `secrets?.gitlabToken`: a property that has a secret's name is none itself. */
const PROPERTY =
  /^[(!]{0,3}[A-Za-z_$][\w$]*(?:\??(?:\.|->|::)[A-Za-z_$][\w$]*){0,5}\??(?:\.|->|::)\w{0,40}(?:pass|password|pwd|token|secret|key|auth|credentials?)\w{0,10}$/i;

export const isCode = (value: string): boolean => CODE.test(value.replace(/^[(!]+/, '')) || PROPERTY.test(value);

export function isHarmless(secret: string): boolean {
  return NO_VALUE.test(secret);
}
