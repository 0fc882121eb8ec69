// Logs of kinds that need a rule of their own, and what is right: `first-last level type | message | file:line function` of
// each event. Texts are ours, forms are those of the programs named.

export interface Kind {
  readonly name: string;
  readonly log: readonly string[];
  readonly expected: readonly string[];
}

const python = [
  'Traceback (most recent call last):',
  '  File "/srv/cart/sum.py", line 9, in add',
  '    return a + b',
  "TypeError: no sum of 'a'",
];

const verbose = (second: number, fields: readonly string[]): readonly string[] => [
  `Fri 2026-01-02 03:04:0${second}.678901 UTC [s=0a1b;i=${second}f;b=c3;m=4d;t=5e;x=6f]`,
  ...fields.map((field) => `    ${field}`),
];
const exported = (number: number, fields: readonly string[]): readonly string[] => [
  `__CURSOR=s=0a1b;i=${number}`,
  `__REALTIME_TIMESTAMP=176732304${number}678901`,
  ...fields,
  '',
];
const unit = (priority: number, message: string): readonly string[] => [
  '_TRANSPORT=stdout',
  `PRIORITY=${priority}`,
  '_SYSTEMD_UNIT=cart.service',
  '_PID=42',
  `MESSAGE=${message}`,
];

export const KINDS: readonly Kind[] = [
  {
    name: 'Lua',
    log: [
      'ready',
      "luajit: ./cart/sum.lua:9: bad argument #1 to 'ipairs' (table expected, got nil)",
      'stack traceback:',
      "\t[C]: in function 'ipairs'",
      "\t./cart/sum.lua:9: in upvalue 'add'",
      '\tmain.lua:4: in main chunk',
      '\t[C]: in ?',
      'next',
    ],
    expected: ["2-7 error null | ./cart/sum.lua:9: bad argument #1 to 'ipairs' (table expected, got nil) | ./cart/sum.lua:9 add"],
  },
  {
    name: 'GHC, an error with its call stack',
    log: [
      'ready',
      'cart: no price',
      'CallStack (from HasCallStack):',
      '  error, called at src/Cart/Sum.hs:9:7 in main:Cart.Sum',
      '  add, called at app/Main.hs:4:3 in main:Main',
    ],
    expected: ['2-5 error null | cart: no price | src/Cart/Sum.hs:9 error'],
  },
  {
    name: 'Zig, an error with its trace',
    log: [
      'ready',
      'error: NoPrice',
      '/usr/lib/zig/std/fmt.zig:120:9: 0x1034a00 in format (cart)',
      '    return error.NoPrice;',
      '           ^',
      '/srv/cart/src/sum.zig:9:5: 0x1034b00 in add (cart)',
      '    return std.fmt.x();',
      '    ^',
      'next',
    ],
    expected: ['2-8 error null | NoPrice | /srv/cart/src/sum.zig:9 add'],
  },
  {
    name: 'PowerShell 7, the concise view',
    log: [
      'ready',
      'ParentContainsErrorRecordException: /srv/cart/sum.ps1:9',
      'Line |',
      '   9 |      $price.Total()',
      '     |      ~~~~~~~~~~~~~~',
      '     | You cannot call a method on a null-valued expression.',
      'next',
    ],
    expected: [
      '2-6 error ParentContainsErrorRecordException | You cannot call a method on a null-valued expression. | /srv/cart/sum.ps1:9',
    ],
  },
  {
    name: 'Julia',
    log: [
      'ready',
      'ERROR: LoadError: KeyError: key "price" not found',
      'Stacktrace:',
      ' [1] getindex(h::Dict{String, Int64}, key::String)',
      '   @ Base ./dict.jl:498',
      ' [2] add(order::Dict{String, Int64})',
      '   @ Main /srv/cart/sum.jl:9',
      'in expression starting at /srv/cart/main.jl:4',
    ],
    expected: ['2-8 error KeyError | key "price" not found | /srv/cart/sum.jl:9 add'],
  },
  {
    name: 'rich, a chain of two boxes',
    log: [
      'ready',
      '╭──────────── Traceback (most recent call last) ─────────────╮',
      '│ /srv/cart/sum.py:9 in add                                  │',
      '│                                                            │',
      '│ ❱ 9     return prices[name]                                │',
      '╰────────────────────────────────────────────────────────────╯',
      "KeyError: 'price'",
      '',
      'The above exception was the direct cause of the following exception:',
      '',
      '╭──────────── Traceback (most recent call last) ─────────────╮',
      '│ /srv/cart/api.py:4 in get                                  │',
      '│ ❱ 4     return add(order)                                  │',
      '╰────────────────────────────────────────────────────────────╯',
      'ValueError: no order 17',
      'next',
    ],
    expected: ['2-15 error ValueError | no order 17 | /srv/cart/sum.py:9 add'],
  },
  {
    name: 'IPython, the older form',
    log: [
      'ready',
      '-'.repeat(75),
      'KeyError                                  Traceback (most recent call last)',
      '<ipython-input-3-0a1b2c3d4e5f> in <module>',
      '----> 1 add({})',
      '',
      '/srv/cart/sum.py in add(order)',
      '      7 def add(order):',
      '      8     """sum"""',
      "----> 9     return order['price']",
      '     10 ',
      '',
      "KeyError: 'price'",
      'next',
    ],
    expected: ["3-13 error KeyError | 'price' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'anyhow with a backtrace',
    log: [
      'ready',
      'Error: cannot sum order 17',
      '',
      'Caused by:',
      '    0: cannot read prices',
      '    1: No such file or directory (os error 2)',
      '',
      'Stack backtrace:',
      '   0: anyhow::error::<impl anyhow::Error>::msg',
      '             at /root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/anyhow-1.0.98/src/error.rs:27:14',
      '   1: cart::sum::add',
      '             at ./src/sum.rs:9:5',
      'next',
    ],
    expected: ['2-12 error Error | cannot sum order 17 | ./src/sum.rs:9 cart::sum::add'],
  },
  {
    name: 'color-eyre, a panic',
    log: ['ready', 'The application panicked (crashed).', 'Message:  no price', 'Location: src/sum.rs:9', '', 'next'],
    expected: ['2-4 error panic | no price | src/sum.rs:9'],
  },
  {
    name: 'Flutter, an error that nobody caught',
    log: [
      'E/flutter ( 4242): [ERROR:flutter/runtime/dart_vm_initializer.cc(41)] Unhandled Exception: Bad state: no price',
      'E/flutter ( 4242): #0      Cart.add (package:cart/sum.dart:9:5)',
      'E/flutter ( 4242): <asynchronous suspension>',
      'E/flutter ( 4242): ',
      'I/flutter ( 4242): next',
    ],
    expected: ['1-3 error Exception | Bad state: no price | package:cart/sum.dart:9 Cart.add'],
  },
  {
    name: 'Swift, the stack that the library prints',
    log: [
      'ready',
      'Cart/Sum.swift:9: Fatal error: no price',
      'Current stack trace:',
      '0    libswiftCore.so    0x00007f0000000001 _swift_stdlib_reportFatalErrorInFile + 112',
      '1    Cart               0x000055d000000002 main + 42',
      'next',
    ],
    expected: ['2-5 fatal Fatal error | no price | Cart/Sum.swift:9'],
  },
  {
    name: 'the class nearest the frames, behind the name of a logger and prose',
    log: [
      '2026-01-02 03:04:05.062 ERROR c.a.Cart Exception removing order[17] org.acme.store.StoreException: no live node',
      '\tat com.acme.Cart.add(Cart.java:9)',
      '2026-01-02 03:04:06.062 INFO  c.a.Cart ok',
    ],
    expected: ['1-2 error org.acme.store.StoreException | no live node | com/acme/Cart.java:9 com.acme.Cart.add'],
  },
  {
    name: 'BepInEx, frames without at below a title',
    log: [
      '[Error  : Unity Log] KeyNotFoundException: no price',
      'Stack trace:',
      'Cart.Sum.Add (System.Int32 n) (at <0a1b2c>:0)',
      'Cart.Main:Update() (at Assets/Main.cs:4)',
      '[Info   : Unity Log] next',
    ],
    expected: ['1-4 error KeyNotFoundException | no price | Cart.Sum.Add'],
  },
  {
    name: 'an object of JSON over several lines',
    log: [
      '{',
      '  "level": 50,',
      '  "msg": "no sum",',
      '  "err": {',
      '    "type": "RangeError",',
      '    "stack": "RangeError: no price\\n    at add (/srv/cart/sum.js:9:5)"',
      '  }',
      '}',
      '{',
      '  "level": 30,',
      '  "msg": "no error"',
      '}',
    ],
    expected: ['1-8 error RangeError | no price | /srv/cart/sum.js:9 add'],
  },
  {
    name: 'the same of an object whose first line holds fields, and a stack line by line',
    log: [
      '{"type": "server", "timestamp": "2026-01-02T03:04:05,678Z", "level": "ERROR", "message": "no sum",',
      '"stacktrace": ["com.acme.NoPrice: order 17",',
      '"at com.acme.Cart.add(Cart.java:9)",',
      '"at com.acme.Main.main(Main.java:4)"] }',
      '{"type": "server", "timestamp": "2026-01-02T03:04:06,678Z", "level": "INFO", "message": "ok"}',
    ],
    expected: ['1-4 error com.acme.NoPrice | order 17 | com/acme/Cart.java:9 com.acme.Cart.add'],
  },
  {
    name: 'an object over several lines behind a head',
    log: ['2026-01-02 03:04:05 worker {', '  "level": "error",', '  "message": "no sum"', '}', 'next'],
    expected: ['1-4 error null | no sum | null'],
  },
  {
    name: 'an object over several lines in CRI’s lines',
    log: ['{', '  "level": "error",', '  "message": "no sum"', '}'].map((line) => `2026-01-02T03:04:05.678901234Z stderr F ${line}`),
    expected: ['1-4 error null | no sum | null'],
  },
  {
    name: 'what only looks as one',
    log: ['{', '  name: "error",', '  "message": "no error"', 'done'],
    expected: [],
  },
  {
    name: 'a trace below an unlisted key, a type beside it',
    log: [
      JSON.stringify({
        level: 'error',
        msg: 'no sum',
        ctx: {
          failure: { kind: 'PriceError', reason: 'no price', where: ["/srv/cart/sum.rb:9:in `add'", "/srv/cart/main.rb:4:in `<main>'"] },
        },
      }),
    ],
    expected: ['1-1 error PriceError | no sum | /srv/cart/sum.rb:9 add'],
  },
  {
    name: 'journald’s JSON of a unit: the priority of a pipe is no level',
    log: [...python, 'started'].map((MESSAGE) =>
      JSON.stringify({ PRIORITY: '3', _TRANSPORT: 'stdout', _SYSTEMD_UNIT: 'cart.service', _PID: '42', MESSAGE }),
    ),
    expected: ["1-4 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'the same with priority 6, and a level before the line',
    log: ['Traceback', '<4>no sum', '<3>no price'].map((text, at) =>
      JSON.stringify({ PRIORITY: '6', _TRANSPORT: 'stdout', _SYSTEMD_UNIT: 'cart.service', _PID: '42', MESSAGE: at === 0 ? 'up' : text }),
    ),
    expected: ['3-3 error null | no price | null'],
  },
  {
    name: 'a program’s own priority is its level',
    log: ['no sum', 'no price'].map((MESSAGE, at) => JSON.stringify({ PRIORITY: at === 0 ? '6' : '3', _TRANSPORT: 'journal', MESSAGE })),
    expected: ['2-2 error null | no price | null'],
  },
  {
    name: 'journalctl -o export, a trace over records',
    log: [
      ...exported(1, unit(6, 'started')),
      ...python.flatMap((line, at) => exported(at + 2, unit(6, line))),
      ...exported(7, unit(6, 'going on')),
    ],
    expected: ["9-39 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'journalctl -o export, a value with line ends',
    log: exported(1, [
      '_TRANSPORT=journal',
      'MESSAGE',
      `${String.fromCharCode(python.join('\n').length - 128 < 0 ? python.join('\n').length : 127)}${'\0'.repeat(7)}${python.join('\n').slice(0, 127)}`,
      'PRIORITY=3',
    ]),
    expected: ["1-9 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'journalctl -o verbose',
    log: [
      ...verbose(1, ['PRIORITY=6', '_TRANSPORT=journal', 'MESSAGE=started']),
      ...verbose(2, ['PRIORITY=3', '_TRANSPORT=journal', 'MESSAGE=no price']),
      ...verbose(3, ['PRIORITY=6', 'MESSAGE=next']),
    ],
    expected: ['5-8 error null | no price | null'],
  },
  {
    name: 'lines that a terminal or a journal has filled up with blanks',
    log: [
      'Jun 27 14:22:20 web1 shop[77]: [14:22:20] [INF] [12] Main: started',
      'Jun 27 14:22:21 web1 shop[77]: [14:22:21] [ERR] [40] Shop.Middleware: no answer',
      'Jun 27 14:22:21 web1 shop[77]: System.InvalidOperationException: Sequence contains no elements',
      'Jun 27 14:22:21 web1 shop[77]:    at System.Linq.ThrowHelper.ThrowNoElementsException()',
      'Jun 27 14:22:21 web1 shop[77]:    at Shop.Api.Items.Get(Guid id)',
      'Jun 27 14:22:22 web1 shop[77]: [14:22:22] [INF] [12] Main: going on',
    ].map((line) => line.padEnd(120)),
    expected: ['2-5 error System.InvalidOperationException | Sequence contains no elements | Shop.Api.Items.Get'],
  },
  {
    name: 'a record of Ruby behind a tag of syslog and two blanks',
    log: [
      'I, [2026-10-20T20:32:24.716195 #29589]  INFO -- : Started GET "/rides"',
      'F, [2026-10-20T20:32:24.817195 #29589] FATAL -- :   ',
      "F, [2026-10-20T20:32:24.817195 #29589] FATAL -- : NoMethodError (undefined method `free' for nil:NilClass):",
      'F, [2026-10-20T20:32:24.817195 #29589] FATAL -- :   ',
      "F, [2026-10-20T20:32:24.817195 #29589] FATAL -- : app/controllers/rides_controller.rb:31:in `show'",
      'I, [2026-10-20T20:32:25.716195 #29589]  INFO -- : Started GET "/rides"',
    ].map((line) => `Oct 20 13:32:24 web1 rails-production:  ${line}`),
    expected: ["3-5 fatal NoMethodError | undefined method `free' for nil:NilClass | app/controllers/rides_controller.rb:31 show"],
  },
  {
    name: 'a traceback of another process in quotes, as the message of the last line',
    log: [
      "[2026-06-24 07:02:58,180: ERROR/MainProcess] Task handler raised error: WorkerLostError('gone')",
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3/dist-packages/billiard/pool.py", line 1264, in mark',
      '    raise WorkerLostError(',
      'billiard.einfo.ExceptionWithTraceback: ',
      '"""',
      'Traceback (most recent call last):',
      '  File "/srv/cart/tasks.py", line 9, in add',
      '    raise WorkerLostError(',
      'billiard.exceptions.WorkerLostError: gone',
      '"""',
      '[2026-06-24 07:02:59,168: INFO/MainProcess] ready',
    ],
    expected: ['1-11 error billiard.exceptions.WorkerLostError | gone | /srv/cart/tasks.py:9 add'],
  },
  {
    name: 'what a function of Elixir was called with is no part of its name; an application without a version, as before 1.10',
    log: [
      '10:00:00.001 [info] ready',
      '10:00:01.002 [error] GenServer :cart terminating',
      '** (FunctionClauseError) no function clause matching in Cart.add/3',
      '    (shop) lib/cart.ex:9: Cart.add(:rose, %{"a, b" => [1, 2]}, <<1, 2>>)',
      '    (stdlib) gen_server.erl:637: :gen_server.try_dispatch/4',
      'Last message: {:add, 1}',
      '10:00:02.003 [info] next',
    ],
    expected: ['2-6 error FunctionClauseError | no function clause matching in Cart.add/3 | lib/cart.ex:9 Cart.add/3'],
  },
  {
    name: 'a field that is a trace without a message is no message; a logger is no code of the application',
    log: [
      JSON.stringify({
        severity: 'ERROR',
        message: [
          'java.lang.NullPointerException',
          '\tat ch.qos.logback.core.Filter.decide(Unknown Source)',
          '\tat shop.cart.Cart.total(Cart.java:10)',
          '',
        ].join('\n'),
      }),
    ],
    expected: ['1-1 error java.lang.NullPointerException | null | shop/cart/Cart.java:10 shop.cart.Cart.total'],
  },
  {
    name: 'RFC 5424 in a file: the trace below has no head',
    log: [
      '<134>1 2026-01-02T03:04:05.678Z web1 cart 42 - - started',
      '<131>1 2026-01-02T03:04:06.678Z web1 cart 42 - [shop@32473 step="pay"] no sum',
      ...python,
      '<134>1 2026-01-02T03:04:07.678Z web1 cart 42 - - next',
    ],
    expected: ["2-6 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'RFC 5424: a message of several lines, a blank one in it',
    log: [
      '<10>1 2026-01-02T03:04:06Z web1 cart 42 - - cannot start',
      'no port is free',
      '',
      'look at the settings',
      '<14>1 2026-01-02T03:04:07Z web1 cart 42 - - next',
      'in two lines',
    ],
    expected: ['1-4 fatal null | cannot start | null'],
  },
  {
    name: 'RFC 5424: a line with a time of its own is of another writer',
    log: ['<131>1 2026-01-02T03:04:06.678Z web1 cart 42 - - no price', '2026-01-02 03:04:06 INFO shop ready'],
    expected: ['1-1 error null | no price | null'],
  },
  {
    name: 'a head before each line of a message, the further ones set in',
    log: [
      '2026-01-02 03:04:05.678901+00:00 [error] <0.42.0> Channel error on <0.42.0>, channel 1:',
      '2026-01-02 03:04:05.678901+00:00 [error] <0.42.0>  operation basic.publish caused not_found',
      '2026-01-02 03:04:05.678901+00:00 [error] <0.42.0>  the channel is closed',
      '2026-01-02 03:04:06.100000+00:00 [error] <0.42.0>  queue lost',
    ],
    expected: ['1-3 error null | <0.42.0> Channel error on <0.42.0>, channel 1: | null', '4-4 error null | <0.42.0>  queue lost | null'],
  },
  {
    name: 'the same with a bare level, and one of another process',
    log: [
      '2026-01-02 03:04:05,678 ERROR [pay-1] cannot pay',
      '2026-01-02 03:04:05,678 ERROR [pay-1]   card 1 is refused',
      '2026-01-02 03:04:05,678 ERROR [pay-2]   cannot send',
    ],
    expected: ['1-2 error null | cannot pay | null', '3-3 error null | cannot send | null'],
  },
  {
    name: 'two errors of one second are two, and so are two of one microsecond that announce nothing',
    log: [
      '2026-01-02 03:04:05 [error] cannot pay:',
      '2026-01-02 03:04:05 [error] no card',
      '2026-01-02 03:04:06.678901 [error] cannot send',
      '2026-01-02 03:04:06.678901 [error] no address',
    ],
    expected: [
      '1-1 error null | cannot pay: | null',
      '2-2 error null | no card | null',
      '3-3 error null | cannot send | null',
      '4-4 error null | no address | null',
    ],
  },
  {
    name: 'a trace that is set in below a record without a level',
    log: [
      '2026-01-02 03:04:05+0000 [-] started',
      '2026-01-02 03:04:05+0000 [cart] while adding',
      ...python.map((line) => `\t${line}`),
      '2026-01-02 03:04:06+0000 [-] next',
    ],
    expected: ["2-6 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'the same by a transport; at the margin it is nobody’s',
    log: [
      ...['2026-01-02 03:04:05 [cart] while adding', ...python.map((line) => `    ${line}`), '2026-01-02 03:04:06 [-] next'].map(
        (line) => `2026-01-02T03:04:05.678901234Z stdout F ${line}`,
      ),
      ...['2026-01-02 03:04:07 [cart] while adding', ...python, '2026-01-02 03:04:08 [-] next'].map(
        (line) => `2026-01-02T03:04:07.678901234Z stdout F ${line}`,
      ),
    ],
    expected: [
      "1-5 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add",
      "8-11 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add",
    ],
  },
  {
    name: 'who ran it says below the trace that it has failed',
    log: [...python, "Fri Jan  2 03:04:05 2026 <Greenlet at 0x7fb0fabeb740: add('a')> failed with TypeError", '', 'cart: next'],
    expected: ["1-5 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'the same behind a head, without a time',
    log: [...python, "<Greenlet at 0x7fb0fabeb740: add('a')> failed with TypeError", 'next'].map((line) => `03:04:05 web.1   | ${line}`),
    expected: ["1-5 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add"],
  },
  {
    name: 'another class than the trace has said is another failure',
    log: [...python, '2026-01-02T03:04:05Z <Greenlet at 0x7fb0fabeb740: pay(1)> failed with PayError'],
    expected: [
      "1-4 error TypeError | no sum of 'a' | /srv/cart/sum.py:9 add",
      '5-5 error null | <Greenlet at 0x7fb0fabeb740: pay(1)> failed with PayError | null',
    ],
  },
  {
    name: 'a letter behind a word, before a time, is no level',
    log: [
      '2026-01-02 07:00:00 2026-01-02T03:04:05.678901234Z stdout F 2026-01-02 03:04:05 shop ready',
      '2026-01-02 07:00:00 plan E 2026-01-02 03:04:05 begins',
      'web | E 2026-01-02 03:04:05 no price',
    ],
    expected: ['3-3 error null | no price | null'],
  },
];
