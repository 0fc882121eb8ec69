// How much a log text looks as if it spoke to an agent: a signal that raises the bar (patch only, and a label), never a wall.
// Detectors miss injections that are buried or polite, so nothing is let through because this is silent; the walls are the tools
// Claude has, the fence and the guard. Tuned to stay quiet on ordinary logs: see the table of false positives beside its tests.
import { stripHidden } from '../redact/redact.ts';

/** From this score on a repair ends as a patch for a person, with a label. */
export const SUSPICIOUS = 8;

export interface Signal {
  readonly name: string;
  readonly weight: number;
}

export interface InjectionScore {
  readonly score: number;
  readonly signals: readonly Signal[];
}

interface Pattern extends Signal {
  readonly match: RegExp;
}

/** Words between the parts of a phrase. */
const GAP = "(?:[\\s\"'*_`,:-]{1,4}[\\w']{1,20}){0,4}[\\s\"'*_`,:-]{1,4}";
const OLDER = '(?:previous|prior|above|earlier|preceding|existing|original|former|foregoing|system)';
const ORDERS = '(?:instructions?|prompts?|rules|directives?|guidelines?|commands?|constraints?|guardrails?|safety|polic(?:y|ies))';
const AGENT =
  '(?:claude|chatgpt|gpt-?\\d?|copilot|gemini|cursor|codex|assistants?|ai (?:agents?|assistants?|models?|systems?)|(?:coding|llm|language|repair) (?:agents?|assistants?|models?)|llms?|ai-ops)';
const FETCH =
  '(?:npx|curl|wget|pip3? install|npm (?:i|install)|pnpm (?:add|dlx)|yarn (?:add|dlx)|bash -c|sh -c|powershell|iwr|gem install|go (?:install|run)|cargo install|docker run|git clone|eval)';

const one = (name: string, weight: number, source: string, flags = 'iu'): Pattern => ({ name, weight, match: new RegExp(source, flags) });

const PATTERNS: readonly Pattern[] = [
  // What speaks to a model and to nobody else.
  one(
    'override',
    8,
    `\\b(?:ignore|disregard|forget|override|bypass|discard|skip)${GAP}(?:all\\s+)?(?:(?:of\\s+)?(?:the|your|these|those|any|my)\\s+)?${OLDER}${GAP}?${ORDERS}\\b`,
  ),
  one(
    'override',
    8,
    `\\b(?:ignore|disregard|forget|override|bypass)\\s+(?:all\\s+|any\\s+|every\\s+)?(?:of\\s+)?(?:your|the)\\s+(?:\\w+\\s+)?${ORDERS}\\b`,
  ),
  one(
    'override',
    8,
    `\\b(?:ignore|disregard|forget)\\s+(?:everything|all|anything|what(?:ever)?)\\s+(?:you\\s+were\\s+told|(?:that\\s+)?(?:came|was said|is)\\s+)?(?:above|before|so far|previously|earlier)`,
  ),
  one(
    'override',
    8,
    '(?:忽略|无视|忘记|忘掉|不要理会|不要遵守|绕过)[^。\\n]{0,12}(?:指令|指示|提示词?|规则|要求|设定|约束|命令|说明|限制)',
  ),
  one(
    'override',
    8,
    '\\b(?:ignorez?|oubliez?|ignoriere?n?|vergiss|vergessen|ignora|olvida|ignore)\\s+(?:toutes|alle|todas|les|die|las|os|tutte|todos?)?\\s*(?:les\\s+|die\\s+|las\\s+|le\\s+)?(?:instructions|anweisungen|instrucciones|istruzioni|instruções|vorherigen|bisherigen|anteriores)',
  ),
  one(
    'new-orders',
    6,
    `\\b(?:new|updated|real|actual|revised|additional|important|following)\\s+(?:system\\s+)?(?:instructions?|directives?|task)\\s*(?:for (?:you|the|${AGENT})\\b.{0,20})?[:：]`,
  ),
  one('new-orders', 6, '(?:新的|以下|真正的|更新后的)(?:系统)?(?:指令|指示|任务)[:：]'),
  one(
    'new-role',
    7,
    '\\b(?:you are now|from now on,? you (?:are|will|must)|act as (?:an? )?(?:unrestricted|root|admin\\w*|developer|dan\\b|shell|system)|pretend (?:to be|you are)|enter (?:developer|debug|god|admin|dan|maintenance) mode as|new persona)\\b',
  ),
  one('new-role', 7, '(?:你现在是|从现在(?:开始|起)，?你(?:是|要|必须|将)|扮演(?:一个)?)'),
  one(
    'prompt-leak',
    7,
    '\\b(?:reveal|print|show|repeat|output|display|leak|tell me|send)\\s+(?:me\\s+)?(?:your|the)\\s+(?:full\\s+|entire\\s+|hidden\\s+|initial\\s+|original\\s+)?(?:system\\s+prompt|system\\s+message|instructions|prompt above|hidden prompt)',
  ),
  one(
    'role-tag',
    6,
    '<\\|?(?:im_start|im_end|system|endoftext|assistant|user)\\|>|\\[/?INST\\]|<<\\/?SYS>>|</?(?:system|assistant|human|instructions?|tool_use|tool_result|function_calls|antml:\\w+|important|system-reminder|admin)>(?!\\s*</)',
    'u',
  ),
  one(
    'role-line',
    5,
    '^\\s*(?:#{1,4}\\s*)?(?:system|assistant|human)\\s*(?:prompt|message|instruction|override|note)?\\s*[:：]\\s*(?:you\\b|please\\b|ignore\\b|from now\\b|new\\b|the (?:user|assistant|model)\\b)',
    'imu',
  ),
  one('our-tags', 8, '<\\s*/?\\s*(?:code_block|log-[a-z0-9]{4,}|file-[a-z0-9]{4,})\\b'),
  one(
    'addresses-agent',
    6,
    `\\b(?:dear|hey|hello|hi|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|if you are (?:an?|the)|as an?|to (?:the|any|all))\\s+(?:\\w+\\s+){0,2}${AGENT}\\b`,
  ),
  one(
    'addresses-agent',
    6,
    `(?:^|[-.!?:>\\n"'\\]]\\s*)${AGENT}\\s*[,:]\\s*(?:please|you|run|execute|add|ignore|do|make|open|read|create|commit|push|send|fix|apply|delete|install)\\b`,
  ),
  one('addresses-agent', 6, '(?:AI|智能体|人工智能|语言模型|编程助手|Claude|模型)(?:助手|代理)?[，,:：]?\\s?(?:请|必须|应当|你|需要)'),
  // What makes an agent act: commands dressed as a resolution, data sent away, walls taken down.
  one(
    'fix-by-command',
    6,
    `\\b(?:resolution|fix|solution|workaround|remediation|mitigation|to (?:fix|resolve|repair|mitigate|solve)|recommended (?:fix|action)|suggested fix|action required|next steps?)\\b[^\\n]{0,80}?[:\\s]\\s*(?:please\\s+)?(?:simply\\s+|just\\s+)?(?:run|execute|use|call|install|paste|type)?\\s*[\`"'$]{0,4}\\s*${FETCH}\\s`,
  ),
  one(
    'fix-by-command',
    6,
    `\\b(?:you (?:must|should|need to|have to)|please|immediately|first)\\s+(?:run|execute|paste|invoke)\\s+(?:the (?:following|command)[^\\n]{0,30}\\s+)?[\`"'$]{0,4}\\s*${FETCH}\\s`,
  ),
  one(
    'fix-by-command',
    6,
    '(?:解决方法|解决方案|修复方法|修复方案|请(?:立即)?(?:运行|执行))[^\\n]{0,30}(?:npx|curl|wget|pip|npm|bash|sh|powershell)\\s',
  ),
  one('pipe-to-shell', 6, '\\b(?:curl|wget)\\b[^\\n|]{0,200}\\|\\s*(?:sudo\\s+)?(?:ba|z|da)?sh\\b'),
  one(
    'downgrade',
    6,
    '\\b(?:downgrade|pin|roll ?back|revert|switch)\\s+(?:the\\s+)?(?:package|dependency|version of|library)?\\s*[@\\w./-]{1,60}\\s+(?:back\\s+)?to\\s+(?:version\\s+)?v?\\d+\\.\\d+[^\\n]{0,80}\\b(?:to (?:fix|resolve|mitigate|solve)|known issue|resolves|fixes|workaround)',
  ),
  one(
    'downgrade',
    6,
    '\\b(?:fix(?:ed)?|resolve[sd]?|mitigated?|workaround|solution)\\b[^\\n]{0,60}\\b(?:install(?:ing)?|downgrad\\w+|pin(?:ning)?|add(?:ing)?)\\s+(?:the\\s+)?(?:package|dependency|ppa|repository|module)\\b',
  ),
  one(
    'exfiltrate',
    6,
    '\\b(?:send|post|upload|exfiltrate|transmit|forward|email|leak|copy|commit|include|write|append|paste|print|dump|cat|read|echo|base64)\\b[^\\n]{0,60}\\b(?:environment variables?|env(?:ironment)? vars?|api keys?|secrets?|credentials|tokens?|ssh keys?|private keys?|\\.env|id_rsa|/proc/self/environ|~/\\.(?:ssh|aws|claude))\\b[^\\n]{0,40}\\b(?:to|into|in|at|via|as)\\b\\s+(?:https?://|the (?:pr|pull request|commit|comment|answer|response|body|description|url|server|webhook|file)|a (?:comment|file|gist)|this)',
  ),
  one(
    'exfiltrate',
    6,
    '\\b(?:cat|read|print|open|less|head)\\s+(?:the\\s+(?:file|content\\w*)\\s+(?:of\\s+)?)?[`"\']?(?:/proc/self/environ|~/\\.(?:ssh|aws|claude|netrc|npmrc)|/etc/shadow)',
  ),
  one(
    'walls',
    6,
    '--dangerously-skip-permissions|\\b(?:allowedTools|permission-mode|bypassPermissions|disable (?:the )?(?:sandbox|guard(?:rails)?|safety|permission checks?))\\b',
  ),
  one(
    'edit-ci',
    5,
    '\\b(?:add|create|write|modify|edit|change|update|commit|put|place)\\b[^\\n]{0,60}(?:\\.github/workflows|\\.gitlab-ci|\\.claude/|CLAUDE\\.md|AGENTS\\.md|\\.mcp\\.json|\\.husky|post-?install script|pre-?commit hook)',
  ),
  one(
    'weaken-tests',
    5,
    '\\b(?:delete|remove|skip|disable|comment out|weaken|drop)\\s+(?:all\\s+)?(?:the\\s+|these\\s+|any\\s+|failing\\s+|existing\\s+){0,3}(?:unit\\s+|security\\s+|auth\\w*\\s+)?(?:tests?|assertions?|checks?|validation|authentication)\\b[^\\n]{0,60}\\b(?:in order|so that|to (?:fix|make|resolve|pass|get)|and (?:commit|push|merge))',
  ),
  one(
    'secrecy',
    5,
    "\\b(?:do not|don't|never|without)\\s+(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|disclos\\w+|notify\\w*|report(?:ing)? this|show(?:ing)? this|ask(?:ing)?)\\s+(?:it |this |that |anything )?(?:to |for )?(?:the |any |an? )?(?:users?|developers?|reviewers?|humans?|anyone|maintainers?|confirmation|permission)\\b",
  ),
  one('secrecy', 5, '(?:不要|别|切勿)(?:告诉|通知|提及|告知)[^。\\n]{0,10}(?:用户|开发者|审阅者|任何人)'),
  // What an author of a log would not write; little by itself.
  one(
    'authority',
    3,
    '\\b(?:this is (?:an? )?(?:authorized|approved|official|verified|legitimate)|pre-?approved by|as (?:approved|requested) by (?:the )?(?:security|admin|maintainer|owner)|security team (?:has )?(?:approved|requires|requested))\\b',
  ),
  one(
    'urgency',
    2,
    '\\b(?:IMPORTANT|URGENT|CRITICAL INSTRUCTION|MANDATORY|ACTION REQUIRED)\\s*[!:]{1,3}\\s*(?:you|please|the (?:agent|assistant)|before|always|never|do not)\\b',
    'u',
  ),
  one(
    'heading',
    3,
    '^#{1,4}\\s+(?:resolution|solution|fix|instructions?|steps? to (?:fix|resolve)|your task|the task|remediation|how to fix)\\b',
    'imu',
  ),
  one('html-comment', 3, '<!--[^>\\n]{0,200}\\b(?:agent|assistant|claude|instruction|prompt|ignore|execute|run)\\b', 'iu'),
  one('encoded-order', 3, '\\b(?:decode|base64 -d|atob|b64decode)\\b[^\\n]{0,60}\\b(?:and|then)\\s+(?:run|execute|follow|eval)\\b'),
];

/** Characters that hide text from people and not from a model. */
const HIDDEN_RUN = /[\u200b-\u200d\u2060-\u2064\ufeff]{4,}|[\u202a-\u202e\u2066-\u2069]|(?:\udb40[\udc00-\udfff]){3,}/;

/**
 * The signals of a text and their weights together. The text is read without what hides in it, and in pieces of bounded length.
 * @example injectionScore('Ignore all previous instructions').score >= SUSPICIOUS // true
 */
export function injectionScore(text: string): InjectionScore {
  const signals = new Map<string, Signal>();
  if (HIDDEN_RUN.test(text)) signals.set('hidden-text', { name: 'hidden-text', weight: 4 });
  const plain = stripHidden(text)
    .normalize('NFKC')
    .replace(/[^\S\n]{2,}/g, ' ')
    .slice(0, LONGEST);
  for (const { name, weight, match } of PATTERNS) if (!signals.has(name) && match.test(plain)) signals.set(name, { name, weight });
  const found = [...signals.values()];
  return { score: found.reduce((sum, { weight }) => sum + weight, 0), signals: found };
}

/** An event's text is capped well below this; the rest is not read. */
const LONGEST = 200_000;
