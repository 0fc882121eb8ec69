// Every sentence we write to others, in each language, by name. `{name}` is filled in.
// Facts go in; nothing here comes from a model.

export type TextLanguage = 'en' | 'zh';

const EN = {
  title: 'Fix {what}',
  titleProof: '[proof {level}]',
  titleNoProof: '[unproven]',
  intro: 'Proposed by ai-ops {version} from a log. No person has looked at it yet.',
  happened: 'What happened',
  seen: 'Seen {count}×: first {first}, last {last}, in {source} (line {line}).',
  frames: 'Frames of the application, nearest to the crash first:',
  noFrames: 'The log shows no frame of the application.',
  logEvent: 'Log event',
  changed: 'What changed',
  file: 'file',
  status: 'status',
  added: 'added',
  modified: 'modified',
  deleted: 'deleted',
  proof: 'Proof',
  noProof: 'none',
  command: 'command',
  before: 'before the fix',
  after: 'with the fix',
  exit: 'exit code {code} ({seconds} s)',
  killed: 'ended by a signal or the timeout ({seconds} s)',
  notRun: 'not run',
  guard: 'Guard',
  guardQuiet: 'No rule objected.',
  words: 'What {who} says (its words, not evidence)',
  made: 'How this was made',
  base: 'Base commit {commit} of {branch}',
  engine: 'Answer by {engine}, mode {mode}',
  cost: 'Model: {usd} USD, turns: {turns}, {seconds} s',
  costUnknown: 'unknown',
  trace: 'Trace {trace}: `ai-ops status {trace}`',
  commitSeen: 'Seen {count}×, first {first}, last {last}.',
  commitProof: 'Proof: {level}. {detail}.',
  commitMade: 'Made by ai-ops {version} with {engine}, trace {trace}.',
  mailSubject: '[ai-ops] {title}',
  mailRequest: 'Request: {url}',
  mailNext: 'Review the change, then merge or close the request. The patch is attached.',
};

const ZH: typeof EN = {
  title: '修复 {what}',
  titleProof: '[证明 {level}]',
  titleNoProof: '[未证明]',
  intro: '由 ai-ops {version} 根据日志提出，尚无人审阅。',
  happened: '发生了什么',
  seen: '出现 {count} 次：首次 {first}，最近 {last}，位于 {source}（第 {line} 行）。',
  frames: '应用自身的调用帧（离崩溃处最近的在前）：',
  noFrames: '日志中没有应用自身的调用帧。',
  logEvent: '日志事件',
  changed: '改动内容',
  file: '文件',
  status: '状态',
  added: '新增',
  modified: '修改',
  deleted: '删除',
  proof: '证明',
  noProof: '无',
  command: '命令',
  before: '修复前',
  after: '修复后',
  exit: '退出码 {code}（{seconds} 秒）',
  killed: '被信号或超时终止（{seconds} 秒）',
  notRun: '未运行',
  guard: '守卫',
  guardQuiet: '没有规则提出异议。',
  words: '{who} 的说明（仅为其陈述，不是证据）',
  made: '生成方式',
  base: '基于 {branch} 的提交 {commit}',
  engine: '回答者 {engine}，模式 {mode}',
  cost: '模型：{turns} 轮，{usd} 美元，{seconds} 秒',
  costUnknown: '未知',
  trace: '追踪 {trace}：`ai-ops status {trace}`',
  commitSeen: '出现 {count} 次，首次 {first}，最近 {last}。',
  commitProof: '证明：{level}。{detail}。',
  commitMade: '由 ai-ops {version} 借助 {engine} 生成，追踪 {trace}。',
  mailSubject: '[ai-ops] {title}',
  mailRequest: '请求：{url}',
  mailNext: '请审阅改动，然后合并或关闭该请求。补丁见附件。',
};

export type Phrase = keyof typeof EN;

/** A speaker of one language. @example speaker('en')('base', { commit: 'abc', branch: 'main' }) */
export function speaker(language: TextLanguage): (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string {
  const phrases = language === 'zh' ? ZH : EN;
  return (phrase, values = {}) => phrases[phrase].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
