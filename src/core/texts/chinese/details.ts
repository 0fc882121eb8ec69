// The details of proof and guard in Chinese. They are made as English sentences where they arise, and kept so in the trace;
// here each of these sentences has its counterpart. Paths, commands and code in them stay as they are.
import type { TextLanguage } from '../phrases.ts';
import { checkSentences } from './checks.ts';
import { keySentences } from './keys.ts';
import { reasonWords } from './reasons.ts';
import { toldSentences } from './told.ts';
import { usageSentences } from './usage.ts';
import { verboseSentences } from './verbose.ts';

/** Both with `{1}`, `{2}` where something is filled in: `{1:}` a sentence, `{1,}` a list of names. `test/core/texts/translated-details.test.ts` holds the list against the source. */
const sentences = (): readonly (readonly [english: string, chinese: string])[] => [
  // proof
  ['a changed file does not parse: {1}', '有被改动的文件无法解析：{1}'],
  ['`{1}` passed before the fix and fails with it ({2})', '`{1}` 在修复前通过，修复后失败（{2}）'],
  ['`{1}` failed ({2}), so nothing was run', '`{1}` 失败（{2}），因此没有运行任何命令'],
  ['the tests pass with the fix and nothing that passed before fails', '修复后测试通过，且先前通过的没有失败'],
  ['the configured checks pass; no test command is known', '配置的检查通过；没有已知的测试命令'],
  ['the changed files parse; no check and no test command is known', '被改动的文件可以解析；没有已知的检查和测试命令'],
  [
    'the changed files parse, and the first tests of the repository pass with the fix',
    '被改动的文件可以解析，且仓库的首批测试在修复后通过',
  ],
  [
    'nothing could be checked: no parser for these files, no check and no test command',
    '无法进行任何检查：这些文件没有解析器，也没有检查和测试命令',
  ],
  ['the test of this change passes without it too, so it does not see the bug', '此改动的测试在没有修复时也通过，因此没有检测到该错误'],
  ['what the test of this change does without it could not be told', '无法得知此改动的测试在没有修复时的结果'],
  [
    'the test of this change is flaky: run again on the same files, it ended the other way',
    '此改动的测试不稳定：在相同文件上再次运行，结果相反',
  ],
  [
    'the test of this change fails without it, but not with the error of the log as far as can be seen: {1}',
    '此改动的测试在没有修复时失败，但看不出是日志中的错误：{1}',
  ],
  [
    '`{1}` asks for the very values of its test, so that test shows nothing of others',
    '`{1}` 只针对其测试中的值，因此该测试不能说明其他情况',
  ],
  [
    'a test of this change fails without the fix with the error of the log and passes with it, and nothing that passed before fails',
    '此改动的一个测试在没有修复时以日志中的错误失败，修复后通过，且先前通过的没有失败',
  ],
  [
    'a test of this change fails without the fix with the error of the log and passes with it',
    '此改动的一个测试在没有修复时以日志中的错误失败，修复后通过',
  ],
  [
    'run alone, a test of this change fails without the fix with the error of the log and passes with it',
    '单独运行时，此改动的一个测试在没有修复时以日志中的错误失败，修复后通过',
  ],
  ['{1:}, and nothing that passed before fails', '{1:}，且先前通过的没有失败'],
  ['{1} is not installed', '未安装 {1}'],
  ['with the fix alone taken away it fails again, in three runs each way', '仅撤去修复后它再次失败，两种情形各运行三次'],
  [
    '`{1}` is flaky: run twice with the fix, it failed once and passed once, so it shows nothing',
    '`{1}` 不稳定：修复后运行两次，一次失败，一次通过，因此不能说明任何问题',
  ],
  ['`{1}` ended well, but ran no test, so it shows nothing', '`{1}` 正常结束，但没有运行任何测试，因此说明不了什么'],
  ['`{1}` could not be run here ({2})', '`{1}` 无法在此运行（{2}）'],
  ['`{1}` fails with the fix as it failed before ({2})', '`{1}` 修复后与修复前一样失败（{2}）'],
  ['killed: it held more memory than verify.maxMemoryMb', '被终止：占用内存超过 verify.maxMemoryMb'],
  ['ended by the timeout', '因超时被终止'],
  ['ended by a signal', '被信号终止'],
  ['exit code {1}', '退出码 {1}'],
  ['the test {1} passed before the fix and fails with it', '测试 {1} 在修复前通过，修复后失败'],
  ['the test {1} passed before the fix and is skipped with it', '测试 {1} 在修复前通过，修复后被跳过'],
  ['the test {1} passed before the fix and is gone with it', '测试 {1} 在修复前通过，修复后不复存在'],
  ['{1} tests ran with the fix, {2} before', '修复后运行了 {1} 个测试，先前为 {2} 个'],
  ['no detail', '无详情'],
  ['its output was not read', '未读取其输出'],
  ['its output names no error', '其输出没有指明错误'],
  ['nothing was run', '没有运行任何命令'],
  ['the log says too little to know its error again', '日志内容过少，无法辨认其错误'],
  ['what it runs could not be built or loaded ({1})', '其运行的内容无法构建或加载（{1}）'],
  [
    '{1} has lost {2}, and nothing in the change has gained it; keep what is not at fault',
    '{1} 丢失了 {2}，而改动中没有任何地方补上；请保留无关部分',
  ],
  ['{1} has lost {2} lines from line {3} on; keep what is not at fault', '{1} 从第 {3} 行起丢失了 {2} 行；请保留无关部分'],
  ['shown of the fix is {1}, and policy.openAt asks for {2}', '该修复的验证级别为 {1}，而 policy.openAt 要求 {2}'],
  ['the guard objects that the fix only hides the error', '安全检查认为该修复只是掩盖了错误'],
  ['shown of it is no proof, and {1} is asked for then', '没有得到任何验证，此时要求 {1}'],
  ['shown of it is {1}, and {2} is asked for then', '其验证级别为 {1}，此时要求 {2}'],
  ['introduced by {1}: the test passes at {2} and fails at it ({3:})', '由 {1} 引入：测试在 {2} 通过，在该提交失败（{3:}）'],
  [
    'introduced between {1} and {2}: the test cannot be run at the {3} before it ({4:})',
    '在 {1} 与 {2} 之间引入：测试无法在其前 {3} 个提交上运行（{4:}）',
  ],
  [
    'which commit introduced it is not known: at an older commit the test ended once well and once not ({1:})',
    '不知由哪个提交引入：在较早的提交上，测试一次通过、一次失败（{1:}）',
  ],
  [
    'which commit introduced it is not known: the test fails as far back as it can be run, at {1} ({2:})',
    '不知由哪个提交引入：在能够运行测试的最早提交 {1} 上，测试已经失败（{2:}）',
  ],
  [
    'which commit introduced it is not known: not all could be run; the test fails at {1} ({2:})',
    '不知由哪个提交引入：有的提交无法运行；测试在 {1} 上失败（{2:}）',
  ],
  ['1 run', '运行 1 次'],
  ['{1} runs', '运行 {1} 次'],
  ['shown of the fix is no proof, and policy.openAt asks for {1}', '该修复没有得到任何验证，而 policy.openAt 要求 {1}'],
  ['nothing could be run without the fix, so nothing can be shown of one', '没有修复时命令就无法运行，因此无法验证任何修复'],
  ['the change is no fix: it changes tests only', '此改动不是修复：只改动了测试'],
  ['the change is no fix: it changes texts for people only', '此改动不是修复：只改动了说明文字'],
  ['the change is no fix: it only adds words to the log', '此改动不是修复：只增加了日志内容'],
  ['the change is no fix: it changes comments and blanks only', '此改动不是修复：只改动了注释和空白'],
  ['proposed with proof {1}', '已提出，验证级别 {1}'],
  // guard
  ['{1} file, {2} lines', '{1} 个文件，{2} 行'],
  ['{1} files, {2} lines', '{1} 个文件，{2} 行'],
  ['{1} file, {2} line', '{1} 个文件，{2} 行'],
  ['{1} cannot be read as what its name says', '{1} 的内容与其名称不符，无法读取'],
  ['{1} gets a command that a tool runs: {2}', '{1} 新增了由工具执行的命令：{2}'],
  ['{1} asks for {2}', '{1} 新增依赖 {2}'],
  ['{1} changes {2} lines of a recorded result', '{1} 改动了 {2} 行已记录的结果'],
  ['{1} changes {2}', '{1} 改动了 {2}'],
  ['{1} steers the tests: {2}', '{1} 影响测试的运行：{2}'],
  ['the log event looks written for a model ({1})', '日志事件看起来是写给模型的（{1}）'],
  ['Claude tried and was stopped: {1}', 'Claude 曾尝试并被阻止：{1}'],
  ['{1} is a test and is deleted', '{1} 是测试，被删除'],
  ['{1} is moved out of the tests', '{1} 被移出测试'],
  ['{1} skips or singles out tests: {2}', '{1} 跳过或只挑选部分测试：{2}'],
  ['{1} has {2} test cases, it had {3}', '{1} 现有 {2} 个测试用例，原有 {3} 个'],
  ['{1} has {2} assertions, it had {3}', '{1} 现有 {2} 个断言，原有 {3} 个'],
  ['{1} puts something of its own in place of what checks: {2}', '{1} 以自己的内容取代了用于检查的函数：{2}'],
  ['{1} reads {2} of the machine or its user: {3}', '{1} 读取机器或其用户的内容（{2}）：{3}'],
  ['{1} no longer expects that {2} fails', '{1} 不再预期 {2} 失败'],
  ['{1} expects now that {2} fails', '{1} 现在预期 {2} 失败'],
  ['{1} no longer checks {2}', '{1} 不再检查 {2}'],
  ['{1} is run or obeyed by a tool without being asked ({2})', '{1} 会被工具自动执行或读取（{2}）'],
  ['{1} is run before the tests of its directory', '{1} 会在其目录的测试之前执行'],
  ["{1} is loaded in place of the standard library's {2}", '{1} 会取代标准库的 {2} 被加载'],
  ['{1} gets text that shows as another text ({2})', '{1} 新增了显示与实际不符的文本（{2}）'],
  ['{1} gets letters that nobody sees ({2})', '{1} 新增了不可见的字符（{2}）'],
  ['{1} gets a name with a letter of another alphabet, {2}', '{1} 新增了含有其他字母表形近字母的名称 {2}'],
  ['{1} is run by a command of the proof', '{1} 由证明所用的命令执行'],
  ['{1} gets a new host, {2}', '{1} 访问新的主机 {2}'],
  ['{1} names a new host, {2}', '{1} 提到新的主机 {2}'],
  ['{1} gets {2} encoded characters, {3}', '{1} 新增 {2} 个编码字符：{3}'],
  ['{1} gets {2} lines of encoded text', '{1} 新增 {2} 行编码文本'],
  [
    '{1} gets a jump out of what is done in any case, with which every error is gone: {2}',
    '{1} 从必定执行的代码中跳出，使所有错误消失：{2}',
  ],
  ['{1} gets a condition that is the input of the added test: {2}', '{1} 新增了以新增测试的输入为条件的判断：{2}'],
  ['{1} gets a return in front of the code it was to mend: {2}', '{1} 新增了在本应修复的代码之前的返回：{2}'],
  ['{1} gets a handler of every error that only gives back a default: {2}', '{1} 新增了捕获所有错误而只给出默认值的处理：{2}'],
  [
    '{1} gets a return of nothing in a function whose own words say what it gives: {2}',
    '{1} 的函数按其自身说明应给出结果，却新增了什么也不返回的语句：{2}',
  ],
  ['{1} hands on nothing where it handed on an error: {2}', '{1} 原本向下传递错误之处，现在传递的是空值：{2}'],
  ['{1} says that all went well where it said what failed: {2}', '{1} 原本说明失败之处，现在回答一切正常：{2}'],
  ['{1} listens to errors, and does nothing: {2}', '{1} 监听了错误，却什么也不做：{2}'],
  ['{1} no longer asks whether what it did has failed: {2}', '{1} 不再检查所做之事是否失败：{2}'],
  ['{1} takes a number for what can not be read: {2}', '{1} 把无法读取的内容当作一个数，或略去：{2}'],
  ['{1} turns off what checks, or keeps out: {2}', '{1} 关闭了检查或访问限制：{2}'],
  ['{1} works with a number for what is not there: {2}', '{1} 对不存在的内容编造一个数来计算：{2}'],
  ['{1} makes a text of what is not there: {2}', '{1} 把不存在的内容变成文字：{2}'],
  ['{1} switches off what failed: {2}', '{1} 关闭了失败的功能：{2}'],
  ['{1} gets less than its own words say: {2}', '{1} 所做的少于其自身说明所要求的：{2}'],
  ['{1} has a condition that never holds: {2}', '{1} 含有永远不成立的条件：{2}'],
  ['{1} does again what failed: {2}', '{1} 只是重复失败过的操作：{2}'],
  ['{1} leaves an entry out without a word: {2}', '{1} 不声不响地略去条目：{2}'],
  ['{1} gives nothing for what is of another kind: {2}', '{1} 对其他类型的值什么也不给：{2}'],
  ['{1} does nothing in the place of what failed: {2}', '{1} 在失败之处不再做任何事：{2}'],
  ['{1} gets words or a constant in place of an error that was raised: {2}', '{1} 以文字或常量取代原本抛出的错误：{2}'],
  ['{1} gets a lower level for what was logged as an error: {2}', '{1} 把原本记为错误的日志降级：{2}'],
  ['{1} gets a wait in which the error may go by: {2}', '{1} 新增了等待，让错误自行消失：{2}'],
  ['{1} gets a look at whether tests are run: {2}', '{1} 新增了对是否正在运行测试的判断：{2}'],
  ['{1} gets a greater number for a limit, and nothing else: {2}', '{1} 只是把上限的数值调大：{2}'],
  ['{1} gets a limit that is put further away: {2}', '{1} 放宽了上限：{2}'],
  ['{1} gets what keeps errors from being told: {2}', '{1} 新增了使错误不再被报告的内容：{2}'],
  ['{1} gets a function that does nothing any more: {2}', '{1} 新增了不再做任何事的函数：{2}'],
  ['{1} gets a line that leaves what is missing as it is: {2}', '{1} 新增了使缺失之处保持原样的代码：{2}'],
  ['{1} asks of many things at once whether they are there: {2}', '{1} 一次对许多对象询问其是否存在：{2}'],
  ['{1} gets an answer to what fails: {2}', '{1} 给失败的命令配上了应付的结果：{2}'],
  ['{1} does later what it did: {2}', '{1} 把原来的操作推迟执行：{2}'],
  ['{1} is no longer held to what its language raises: {2}', '{1} 不再受语言的严格检查约束：{2}'],
  ['{1} no longer waits for what it began: {2}', '{1} 不再等待已开始的操作完成：{2}'],
  ['{1} no longer does in any case what it did: {2}', '{1} 不再无论如何都执行原本必定执行的操作：{2}'],
  ['{1} no longer tells of what goes wrong: {2}', '{1} 不再报告出错的情况：{2}'],
  ['{1} tells of what goes wrong only where somebody asked for it: {2}', '{1} 只在有人要求时才报告出错的情况：{2}'],
  ['{1} switches off what it did: {2}', '{1} 关闭了原有的功能：{2}'],
  ['{1} puts something else in the place of what the language or a library does: {2}', '{1} 替换了语言或库本身的功能：{2}'],
  ['{1} gets a look at what is not waited for: {2}', '{1} 新增了对未等待其完成的结果的检查：{2}'],
  ['{1} gets no answer any more at an address: {2}', '{1} 不再响应某个地址：{2}'],
  ['{1} gets a value in place of an error that was raised: {2}', '{1} 以一个值取代原本抛出的错误：{2}'],
  ['{1} loses a check that raised, and gets nothing for it: {2}', '{1} 失去了会抛出错误的检查，而没有任何补偿：{2}'],
  ['{1} gets a call that runs other code: {2}', '{1} 新增了执行其他代码的调用：{2}'],
  ['{1} gets a call that ends the run as if all were well: {2}', '{1} 新增了使运行看似正常而提前结束的调用：{2}'],
  ['{1} gets a handler that swallows the error: {2}', '{1} 新增了吞掉错误的处理：{2}'],
  ['{1} gets a comment that silences a check: {2}', '{1} 新增了使检查静默的注释：{2}'],
  ['{1} gets a line of {2} characters', '{1} 新增了长达 {2} 个字符的行'],
  ['{1} gets what looks like a secret ({2})', '{1} 新增了疑似密钥的内容（{2}）'],
  ['{1} gets a {2}', '{1} 新增了疑似密钥的内容（{2}）'],
  ['{1} loses {2}', '{1} 失去了 {2}'],
  ['{1} files, policy.maxFiles is {2}', '{1} 个文件，policy.maxFiles 为 {2}'],
  ['{1} lines, policy.maxLines is {2}', '{1} 行，policy.maxLines 为 {2}'],
  ['{1} is a symbolic link', '{1} 是符号链接'],
  ['{1} is a submodule', '{1} 是子模块'],
  ['{1}: {2} becomes {3}', '{1}：{2} 变为 {3}'],
  ['{1} is new and executable', '{1} 是新增的可执行文件'],
  ['{1} is not text', '{1} 不是文本文件'],
  ['{1} is no plain path of the repository', '{1} 不是仓库内的普通路径'],
  ['{1} lies behind a symbolic link', '{1} 位于符号链接之后'],
  ['{1} is protected by {2}', '{1} 受 {2} 保护'],
  ['{1} steers the checks ({2})', '{1} 影响检查的运行（{2}）'],
  ['claude.unsafeArgs lets {1} through', 'claude.unsafeArgs 放行了 {1}'],
  // what to do about refusals of the file system
  ['free some space on that disk, or choose another place', '请释放该磁盘的空间，或者换一个位置'],
  ['free some space of your quota, or choose another place', '请释放配额内的空间，或者换一个位置'],
  ['check the path: a directory of it is not there', '请检查路径：其中有目录不存在'],
  ['check the path: a part of it is a file', '请检查路径：其中有一部分是文件'],
  ['that file system is read-only: choose another place', '该文件系统是只读的：请换一个位置'],
  ['end other programs, or raise the limit of open files (`ulimit -n`)', '请结束其他程序，或者提高打开文件数的上限（`ulimit -n`）'],
  ['check the disk: the system log says more', '请检查磁盘：系统日志中有更多信息'],
  // what the file system says
  ['{1}: permission denied', '{1}：权限不足'],
  ['permission denied', '权限不足'],
  ['{1}: operation not permitted', '{1}：操作不被允许'],
  ['{1}: no such file or directory', '{1}：没有这个文件或目录'],
  ['no such file', '没有这个文件'],
  ['{1}: not a directory', '{1}：不是目录'],
  ['it is a directory', '这是目录'],
  ['{1}: illegal operation on a directory', '{1}：这是目录'],
  ['{1}: no space left on device', '{1}：磁盘空间不足'],
  ['{1}: read-only file system', '{1}：文件系统是只读的'],
  ['{1}: too many open files', '{1}：打开的文件过多'],
  ['too many open files', '打开的文件过多'],
  ['{1}: i/o error', '{1}：读写错误'],
  ['not a regular file', '不是普通文件'],
  ['the disk reports an error', '磁盘报告错误'],
  ['the network file system has lost it', '网络文件系统已丢失它'],
  ['the symbolic links go in a circle', '符号链接形成循环'],
  ['belongs to another user', '属于其他用户'],
  ['may be written by others', '可被其他用户写入'],
  ['let another program read it, and pipe that in as `-`', '请用其他程序读取它，并通过管道以 `-` 传入'],
];

interface Pattern {
  readonly match: RegExp;
  /** Letters of its own. */
  readonly said: number;
  readonly chinese: string;
}

let reasons: Readonly<Record<string, string>> | undefined;
let patterns: readonly Pattern[] | undefined;

/** Made when somebody is told something in Chinese. */
function patternsOf(): readonly Pattern[] {
  patterns ??= [
    ...sentences().map(patternOf('([^\\n]+?)')),
    // What is filled in there ends with its sentence.
    ...[...toldSentences(), ...checkSentences(), ...keySentences(), ...usageSentences(), ...verboseSentences()].map(
      patternOf('((?:(?!; )[^\\n])+?)'),
    ),
    // What says the most of itself goes first: the less is filled in, the surer it is that sentence.
  ].sort((one, other) => other.said - one.said);
  return patterns;
}

/** With so few letters of its own a sentence (`{1} on {2}`) would be found in any other, were it not of names: two words, or a command. */
const FEW = 14;
const NAMES = '((?:`[^`\\n]*`|\\S+)(?: \\S+)?)';
const QUOTED = '([^`\\n]+)';

const patternOf =
  (hole: string) =>
  ([english, chinese]: readonly [string, string]): Pattern => {
    const parts = english.split(/\{\d:?\}/);
    const said = parts.join('').length;
    const filled = (behind: string, at: number): string => {
      if (said > FEW || at === parts.length - 2) return hole;
      return behind.endsWith('`') ? QUOTED : NAMES;
    };
    const pattern = parts.map((part, at) => {
      const literal = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return at === parts.length - 1 ? literal : literal + filled(part, at);
    });
    return { match: new RegExp(`^${pattern.join('')}$`), said, chinese };
  };

/** Longer ones stay English: patterns are not let loose on text without an end. */
const LONGEST = 2000;

/** Several commands, each with how it ended. */
const RUNS = /^(?:`[^`\n]*` [^`\n]+, ){1,20}`[^`\n]*` [^`\n]+$/;

/**
 * A detail of proof or guard in the language of the text around it; as it is where there is no counterpart.
 * @example detailIn('zh', 'src/a.js is a submodule') // 'src/a.js 是子模块'
 */
export function detailIn(language: TextLanguage, detail: string): string {
  if (language === 'en' || detail.length > LONGEST) return detail;
  // What is wrong, behind how many things are.
  if (detail.startsWith(': ')) return `：${detailIn(language, detail.slice(2))}`;
  // A list below a sentence: each line is one of its own.
  if (detail.includes('\n')) return detail.replace(/^( *)(.+)$/gm, (_, indent: string, line: string) => indent + detailIn(language, line));
  if (RUNS.test(detail))
    return detail
      .split(/, (?=`)/)
      .map((run) => detailIn(language, run))
      .join('，');
  const whole = translated(detail);
  if (whole !== undefined) return whole;
  // A level that was not reached is told behind the one that was.
  return detail
    .split('; ')
    .map((part) => translated(part) ?? part)
    .join('；');
}

function translated(sentence: string): string | undefined {
  reasons ??= reasonWords();
  if (Object.hasOwn(reasons, sentence)) return reasons[sentence];
  for (const { match, chinese } of patternsOf()) {
    const found = match.exec(sentence);
    if (found)
      return chinese.replace(/\{(\d)([:,]?)\}/g, (_, number: string, kind: string) => {
        const filled = found[Number(number)] ?? '';
        if (kind === ',') return filled.replaceAll(', ', '、');
        return kind === '' ? inner(filled) : detailIn('zh', filled);
      });
  }
  return undefined;
}

/** How a run ended stands within the sentence about it. */
function inner(filled: string): string {
  return /^(?:exit code -?\d+|killed: it held more memory than verify\.maxMemoryMb|ended by the timeout|ended by a signal|no detail|its output (?:was not read|names no error)|nothing was run|the log says too little .*|what it runs could not be built .*)$/.test(
    filled,
  )
    ? (translated(filled) ?? filled)
    : filled;
}
