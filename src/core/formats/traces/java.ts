// Frames of the JVM: Java, Kotlin, Scala, with causes, suppressed exceptions and logback's packaging data.
import type { Frame } from '../../model.ts';
import { remembering } from '../remember.ts';
import { chained, frame, type Link, type Reader } from './grammar.ts';

const FRAME =
  /^\s*(?:\|\s*)?at (?:[\w.@-]*\/{1,2})*([\w$.<>\u0080-\uffff-]+)\((?:([^():]+\.\w+)(?::(\d+))?|(Native Method|Unknown Source|<generated>)(?::\d+)?)\)/;
const BARE = /^\s+at ([\w$<>]+\.[\w$.<>]+)$/;
const HEAD =
  /^(\s*)(?:(Caused by|Suppressed|Wrapped by): |Exception in thread ".*?" )?((?:[\w$]+\.)*[A-Za-z_$][\w$]*)(?:: ?(.*)|\[(.*)\])?$/;
/** Namespaces of the platforms and of the libraries that the most projects of Maven Central stand on. */
const LIBRARY =
  /^(?:java|javax|jdk|sun|com\.sun|oracle|kotlin|kotlinx|scala|groovy|clojure|android|androidx|dalvik|jakarta|akka|reactor|rx|feign|okhttp3|okio|retrofit2|redis\.clients|liquibase|freemarker|cats|zio|ch\.qos|software\.amazon|net\.(?:bytebuddy|sf)|io\.(?:netty|vertx|micronaut|quarkus|reactivex|undertow|grpc|lettuce|micrometer|opentelemetry|sentry|smallrye|ktor|projectreactor|prometheus|jsonwebtoken|kubernetes|fabric8|confluent|swagger)|org\.(?:springframework|apache|hibernate|junit|eclipse|jboss|mortbay|slf4j|gradle|codehaus|mockito|postgresql|h2|aspectj|glassfish|mariadb|mongodb|elasticsearch|opensearch|flywaydb|jooq|quartz|redisson|thymeleaf|bouncycastle|yaml|xerial|sqlite|jetbrains|infinispan|wildfly|keycloak|testng|assertj|hamcrest|objectweb|reflections|joda|dom4j|xml|w3c|json|mybatis|activemq|objenesis|typelevel|http4s)|com\.(?:zaxxer|fasterxml|google\.(?:common|gson|inject|protobuf|cloud|firebase|api)|mysql|mongodb|netflix|android\.internal|amazonaws|azure|microsoft\.sqlserver|rabbitmq|datastax|hazelcast|squareup|github\.benmanes|jayway|auth0|twilio|stripe|typesafe|alibaba\.(?:druid|fastjson|nacos)|baomidou|oracle|ibm\.(?:db2|mq|ws)))\./;

/** The virtual machine itself died: `hs_err`'s summary. */
const JVM = /^# A fatal error has been detected by the Java Runtime/;
const SIGNAL = /^# +(SIG[A-Z]+|EXCEPTION_\w+|Internal Error|Out of Memory Error) \(/;

/** Causes are printed outermost first; suppressed exceptions do not belong to the chain. */
/** `Error: java.io.IOException: closed`: a word of who printed it stands before what was thrown. */
const LABELLED = /^(?:Error|Exception): (?=(?:[a-z_]\w*\.)+[A-Z][\w$]*(?:: |$))/;

export const readJava: Reader = (written) => {
  const lines = LABELLED.test(written[0] ?? '') ? [written[0]!.replace(LABELLED, ''), ...written.slice(1)] : written;
  const signal = lines.map((line) => SIGNAL.exec(line)).find((m) => m !== null);
  if (signal && JVM.test(lines[0]!)) {
    const at = lines.findIndex((line) => /^# Problematic frame:/.test(line));
    return chained('java', [{ type: signal[1]!, message: at < 0 ? null : (lines[at + 1]?.replace(/^# +\S+ +/, '') ?? null), frames: [] }]);
  }
  const frames = lines.map(frameIn);
  const java = frames.some((found) => found?.file) || lines.some((line) => /^\s*Caused by: [\w.$]+/.test(line));
  if (!java) return undefined;
  const links: Link[] = [];
  let aside = false;
  let open = false;
  let isReversed = false;
  const named = nameLine(lines, frames);
  if (named === 'inside') links.push(headless(lines));
  const begin = named === 'inside' ? 1 : named;
  for (const [at, line] of lines.slice(begin).entries()) {
    const found = frames[begin + at];
    if (found) {
      if (links.length === 0) links.push(headless(lines));
      if (!aside) links.at(-1)!.frames.push(found);
      open = false;
      continue;
    }
    const head = HEAD.exec(line);
    if (!head || !isHead(head, open || links.length === 0)) continue;
    aside = head[2] === 'Suppressed' || (aside && head[1] !== '' && head[2] === 'Caused by');
    if (aside) continue;
    if (links.length > 0 && head[2] === undefined) continue;
    links.push({ type: head[3]!, message: (head[4] ?? head[5]) || null, frames: [] });
    open = true;
    // The cause may be printed first.
    isReversed = isReversed || head[2] === 'Wrapped by';
  }
  if (isReversed) links.reverse();
  return chained('java', links);
};

/** What exceptions are called; the names of loggers, which stand before messages, end otherwise. */
const EXCEPTION = /(?:Exception|Error|Throwable|Failure|Fault|ExceptionInfo)(?:\$\w+)*$/;
/** One behind the name of a logger. */
const INSIDE = /[\s:](?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable)(?::|\s*$)/;

/**
 * The line that names the exception. Above it may stand what was logged, `shop.orders: request aborted`, which looks as an
 * exception with its message does: a name that ends as one of an exception wins, then one that is written as a class.
 */
function nameLine(lines: readonly string[], frames: readonly (Frame | undefined)[]): number | 'inside' {
  const first = frames.findIndex((found) => found !== undefined);
  const heads = lines.slice(0, first === -1 ? lines.length : first).map((line) => HEAD.exec(line));
  const named = heads.findIndex((head, at) => at > 0 && head !== null && (head[2] !== undefined || EXCEPTION.test(head[3]!)));
  // What was caused stands right above its cause, without frames of its own where it has none.
  const isCause = named > 1 && heads[named]![2] !== undefined && /[.$][A-Z][\w$]*$/.test(heads[named - 1]?.[3] ?? '');
  const below = isCause ? named - 1 : named;
  // A bare `Exception` was logged; the one that was thrown stands below it.
  if (heads[0] && EXCEPTION.test(heads[0][3]!) && !(below > 0 && /^(?:Exception|Error)$/.test(lines[0]!))) return 0;
  if (below !== -1) return below;
  if (INSIDE.test(lines[0]!)) return isCausedByRest(lines, heads[0]) ? 0 : 'inside';
  return Math.max(
    0,
    heads.findIndex((head, at) => at > 0 && head !== null && /[.$][A-Z][\w$]*$/.test(head[3]!)),
  );
}

/** `a.LoadFailed: b.NoSuchMethodError: text`, and below it `Caused by: b.NoSuchMethodError: text`: no logger's name stands first. */
const isCausedByRest = (lines: readonly string[], head: RegExpExecArray | null | undefined): boolean =>
  head?.[4] !== undefined && /[.$][A-Z][\w$]*$/.test(head[3]!) && lines.includes(`Caused by: ${head[4]}`);

const isHead = (head: RegExpExecArray, first: boolean): boolean =>
  head[2] !== undefined || (first && (/[.$]/.test(head[3]!) || /(?:Exception|Error|Throwable)$/.test(head[3]!)));

/** `logger: com.x.SomeException: text` in a head line: the last class name in it. */
function headless(lines: readonly string[]): Link {
  const head = (lines[0] ?? '').replace(/^.{0,200}?\bException in thread ".*?" /, '');
  const qualified = /(?<![\w$.])((?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable)(?:\$\w+)*)(?=:|\s*$):?\s*(.*)$/.exec(head);
  if (qualified) return { type: qualified[1]!, message: qualified[2] ? qualified[2] : null, frames: [] };
  // `Error while handling com.x.BadScan: page 7` was said of a class, which may be called as it likes.
  const said = /\b(?:Error|Exception) [a-z].*?(?<![\w$.])((?:[a-z_]\w*\.)+[A-Z][\w$]*): (.*)$/.exec(head);
  if (said) return { type: said[1]!, message: said[2] || null, frames: [] };
  const m = /((?:[\w$]+\.)*[\w$]*(?:Exception|Error|Throwable))\b:?\s*(.*)$/.exec(head);
  // A class may be called as it likes: the last one with a package that something is said of.
  const named = m
    ? undefined
    : [...head.matchAll(/(?<![\w$.])((?:[a-z_]\w*\.)+[A-Z][\w$]*|[A-Z]\w*\$[A-Z]\w*|(?:[A-Z][a-z\d]+){2,}): /g)].at(-1);
  if (named) return { type: named[1]!, message: head.slice(named.index + named[0].length) || null, frames: [] };
  // A class may print itself as it likes.
  const own = m || head === lines[0] ? null : /^([\w$.]+)\W+(.*)$/.exec(head);
  if (own) return { type: own[1]!, message: own[2] ? head : null, frames: [] };
  return { type: m?.[1] ?? 'Exception', message: m?.[2] ? m[2] : null, frames: [] };
}

/** The frame that a line is; one without a place has no file. */
const frameIn = remembering((line): Frame | undefined => {
  const found = FRAME.exec(line);
  const bare = found ? null : BARE.exec(line);
  return found ? toFrame(found) : bare ? frame('', undefined, bare[1], true) : undefined;
});

function toFrame(found: RegExpExecArray): Frame {
  const name = found[1]!;
  const parts = name.split('.');
  const path = parts.slice(0, -2).filter((part) => /^[a-z_][\w-]*$/.test(part));
  const file = found[2] ? [...path, found[2]].join('/') : (found[4] ?? '');
  return frame(file, found[3], name, !LIBRARY.test(name) && (found[2] !== undefined || found[4] === 'Unknown Source'));
}
