;; Masks the digits of a line (`../shape.ts` says why). `node bin/write-search.js` makes `byte-search-module.ts` of it and of `wasm/`.
(module
  ;; 256: the kind of every byte: 1 decimal digit, 8 part of a name, 32 hexadecimal digit; 512: what is told beside the result.
  (import "core" "memory" (memory 84))

  ;; Masks the line at `from` into the place `to`: digits become 0xff, those of a number behind `0x` 0xfe; the line is filled
  ;; up with zeros to four bytes. The line behind it, or -1 where its newline is not before `end`, its bytes are no text, or
  ;; it does not fit before `limit`. At 512: where the masked line ends; at 516: its hash. Sixteen bytes at a time.
  (func $mask (export "mask") (param $from i32) (param $end i32) (param $to i32) (param $limit i32) (result i32)
    (local $at i32) (local $start i32) (local $length i32) (local $lanes i32) (local $lane i32) (local $isObject i32)
    (local $kept i32) (local $hex i32) (local $sum i64) (local $v v128) (local $p1 v128) (local $p2 v128) (local $digits v128)
    (local.set $at (local.get $from))
    (local.set $start (local.get $to))
    (local.set $isObject (i32.eq (i32.load8_u (local.get $from)) (i32.const 123)))
    (block $ended
      (loop $next
        ;; A newline, its zeros and a whole vector fit.
        (if (i32.or (i32.ge_s (local.get $at) (local.get $end)) (i32.gt_s (i32.add (local.get $to) (i32.const 20)) (local.get $limit)))
          (then (return (i32.const -1))))
        (local.set $v (v128.load (local.get $at)))
        (local.set $p1 (v128.load (i32.sub (local.get $at) (i32.const 1))))
        (local.set $p2 (v128.load (i32.sub (local.get $at) (i32.const 2))))
        (local.set $digits (i8x16.lt_u (i8x16.sub (local.get $v) (i8x16.splat (i32.const 48))) (i8x16.splat (i32.const 10))))
        (v128.store (local.get $to) (v128.or (local.get $v) (local.get $digits)))
        ;; How much of the vector is of this line.
        (local.set $length (i32.ctz (i32.or (i32.const 0x10000) (i8x16.bitmask (i8x16.eq (local.get $v) (i8x16.splat (i32.const 10)))))))
        (local.set $lanes (i32.sub (i32.shl (i32.const 1) (local.get $length)) (i32.const 1)))
        (if (i32.and (local.get $lanes) (i8x16.bitmask (i8x16.ge_u (local.get $v) (i8x16.splat (i32.const 0xfe)))))
          (then (return (i32.const -1))))
        ;; A run of digits that goes on from before and is kept.
        (call $copy (local.get $at) (local.get $to) (local.get $kept) (local.get $length))
        ;; Where a run begins behind something that may make it telling.
        (local.set $lane (i32.and
          (i32.and (local.get $lanes) (i8x16.bitmask (v128.andnot (local.get $digits) (call $isDigit (local.get $p1)))))
          (i32.or
            (i32.eq (local.get $at) (local.get $from))
            (i8x16.bitmask (v128.or
              (v128.or
                (v128.or (call $isName (local.get $p1)) (i8x16.eq (local.get $p1) (i8x16.splat (i32.const 35))))
                (v128.and
                  (i8x16.eq (local.get $p2) (i8x16.splat (i32.const 34)))
                  (v128.or (i8x16.eq (local.get $p1) (i8x16.splat (i32.const 32))) (i8x16.eq (local.get $p1) (i8x16.splat (i32.const 58))))))
              (v128.or
                (v128.or
                  (v128.and (i8x16.eq (local.get $p1) (i8x16.splat (i32.const 34))) (i8x16.eq (local.get $p2) (i8x16.splat (i32.const 58))))
                  (v128.and (i8x16.eq (local.get $p1) (i8x16.splat (i32.const 91))) (call $isName (local.get $p2))))
                (v128.and (i8x16.splat (i32.sub (i32.const 0) (local.get $isObject))) (i8x16.eq (local.get $v) (i8x16.splat (i32.const 48))))))))))
        (block $none
          (loop $runs
            (br_if $none (i32.eqz (local.get $lane)))
            (if (call $isKept (local.get $from) (i32.add (local.get $at) (i32.ctz (local.get $lane))) (local.get $end) (local.get $isObject))
              (then
                (local.set $kept (call $digitsEnd (i32.add (local.get $at) (i32.ctz (local.get $lane))) (local.get $end)))
                (call $copy
                  (i32.add (local.get $at) (i32.ctz (local.get $lane)))
                  (i32.add (local.get $to) (i32.ctz (local.get $lane)))
                  (local.get $kept)
                  (i32.sub (local.get $length) (i32.ctz (local.get $lane))))))
            (local.set $lane (i32.and (local.get $lane) (i32.sub (local.get $lane) (i32.const 1))))
            (br $runs)))
        ;; `0x…`: what counts is the number behind the x. The zero stands alone and was masked.
        (call $fillHex (local.get $at) (local.get $to) (local.get $hex) (local.get $length))
        (local.set $lane (i32.and (local.get $lanes) (i8x16.bitmask (v128.and
          (i8x16.eq (local.get $v) (i8x16.splat (i32.const 120)))
          (i8x16.eq (local.get $p1) (i8x16.splat (i32.const 48)))))))
        (block $none
          (loop $numbers
            (br_if $none (i32.eqz (local.get $lane)))
            (if (call $isLoneZero (local.get $start) (i32.add (local.get $to) (i32.ctz (local.get $lane))))
              (then
                (i32.store8 (i32.sub (i32.add (local.get $to) (i32.ctz (local.get $lane))) (i32.const 1)) (i32.const 48))
                (local.set $hex (call $hexEnd (i32.add (i32.add (local.get $at) (i32.ctz (local.get $lane))) (i32.const 1)) (local.get $end)))
                (call $fillHex
                  (i32.add (i32.add (local.get $at) (i32.ctz (local.get $lane))) (i32.const 1))
                  (i32.add (i32.add (local.get $to) (i32.ctz (local.get $lane))) (i32.const 1))
                  (local.get $hex)
                  (i32.sub (i32.sub (local.get $length) (i32.ctz (local.get $lane))) (i32.const 1)))))
            (local.set $lane (i32.and (local.get $lane) (i32.sub (local.get $lane) (i32.const 1))))
            (br $numbers)))
        (local.set $at (i32.add (local.get $at) (local.get $length)))
        (local.set $to (i32.add (local.get $to) (local.get $length)))
        (br_if $ended (i32.lt_u (local.get $length) (i32.const 16)))
        (br $next)))
    (if (i32.ge_s (local.get $at) (local.get $end)) (then (return (i32.const -1))))
    ;; The newline, and zeros up to four bytes, which may be written further.
    (i64.store align=1 (local.get $to) (i64.const 10))
    (local.set $to (i32.and (i32.add (local.get $to) (i32.const 4)) (i32.const -4)))
    (local.set $sum (i64.const 0x9ae16a3b2f90404f))
    (block $hashed
      (loop $words
        (br_if $hashed (i32.gt_s (i32.add (local.get $start) (i32.const 8)) (local.get $to)))
        (local.set $sum (call $mix (local.get $sum) (i64.load align=4 (local.get $start))))
        (local.set $start (i32.add (local.get $start) (i32.const 8)))
        (br $words)))
    (if (i32.lt_s (local.get $start) (local.get $to))
      (then (local.set $sum (call $mix (local.get $sum) (i64.load32_u (local.get $start))))))
    (i32.store (i32.const 512) (local.get $to))
    (i32.store (i32.const 516) (i32.and (i32.wrap_i64 (local.get $sum)) (i32.const 0x7fffffff)))
    (i32.add (local.get $at) (i32.const 1)))

  (func $mix (param $sum i64) (param $word i64) (result i64)
    (local.set $sum (i64.mul (i64.xor (local.get $sum) (local.get $word)) (i64.const 0x9e3779b97f4a7c15)))
    (i64.xor (local.get $sum) (i64.shr_u (local.get $sum) (i64.const 32))))

  (func $isDigit (param $v v128) (result v128)
    (i8x16.lt_u (i8x16.sub (local.get $v) (i8x16.splat (i32.const 48))) (i8x16.splat (i32.const 10))))

  ;; A letter, `_` or `$`.
  (func $isName (param $v v128) (result v128)
    (v128.or
      (i8x16.lt_u
        (i8x16.sub (v128.or (local.get $v) (i8x16.splat (i32.const 32))) (i8x16.splat (i32.const 97)))
        (i8x16.splat (i32.const 26)))
      (v128.or (i8x16.eq (local.get $v) (i8x16.splat (i32.const 95))) (i8x16.eq (local.get $v) (i8x16.splat (i32.const 36))))))

  ;; Copies what is before `stop`, `length` bytes at most.
  (func $copy (param $at i32) (param $to i32) (param $stop i32) (param $length i32)
    (block $done
      (loop $bytes
        (br_if $done (i32.or (i32.ge_s (local.get $at) (local.get $stop)) (i32.le_s (local.get $length) (i32.const 0))))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $bytes))))

  ;; The same with 0xfe instead of what is there.
  (func $fillHex (param $at i32) (param $to i32) (param $stop i32) (param $length i32)
    (block $done
      (loop $bytes
        (br_if $done (i32.or (i32.ge_s (local.get $at) (local.get $stop)) (i32.le_s (local.get $length) (i32.const 0))))
        (i32.store8 (local.get $to) (i32.const 0xfe))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $bytes))))

  ;; The byte before `x`, masked already, is a zero that stands alone.
  (func $isLoneZero (param $start i32) (param $x i32) (result i32)
    (i32.and
      (i32.eq (i32.load8_u (i32.sub (local.get $x) (i32.const 1))) (i32.const 0xff))
      (i32.or
        (i32.lt_s (i32.sub (local.get $x) (i32.const 2)) (local.get $start))
        (i32.ne (i32.load8_u (i32.sub (local.get $x) (i32.const 2))) (i32.const 0xff)))))

  (func $digitsEnd (param $at i32) (param $end i32) (result i32)
    (block $done
      (loop $digits
        (br_if $done (i32.ge_s (local.get $at) (local.get $end)))
        (br_if $done (i32.eqz (i32.and (i32.load8_u offset=256 (i32.load8_u (local.get $at))) (i32.const 1))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $digits)))
    (local.get $at))

  (func $hexEnd (param $at i32) (param $end i32) (result i32)
    (block $done
      (loop $digits
        (br_if $done (i32.ge_s (local.get $at) (local.get $end)))
        (br_if $done (i32.eqz (i32.and (i32.load8_u offset=256 (i32.load8_u (local.get $at))) (i32.const 32))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $digits)))
    (local.get $at))

  ;; Digits that say something by their value: parts of names, levels, states of HTTP, numbers of frames and processes.
  (func $isKept (param $from i32) (param $at i32) (param $end i32) (param $isObject i32) (result i32)
    (local $before i32) (local $earlier i32) (local $follows i32) (local $stop i32)
    (if (i32.eq (local.get $at) (local.get $from)) (then (return (i32.const 1))))
    (local.set $before (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
    (local.set $earlier (i32.const 10))
    (if (i32.ge_s (i32.sub (local.get $at) (i32.const 2)) (local.get $from))
      (then (local.set $earlier (i32.load8_u (i32.sub (local.get $at) (i32.const 2))))))
    (local.set $follows (i32.and (i32.load8_u offset=256 (local.get $earlier)) (i32.const 1)))
    ;; Behind a letter, except the T of a time stamp.
    (if (i32.and (i32.load8_u offset=256 (local.get $before)) (i32.const 8))
      (then (return (i32.eqz (i32.and (i32.eq (local.get $before) (i32.const 84)) (local.get $follows))))))
    (if (i32.eq (local.get $before) (i32.const 35)) (then (return (i32.const 1))))
    (if (i32.and (i32.eq (local.get $before) (i32.const 32)) (i32.eq (local.get $earlier) (i32.const 34))) (then (return (i32.const 1))))
    (local.set $stop (call $digitsEnd (local.get $at) (local.get $end)))
    ;; The number of a process, `app[12]: `.
    (if (select
          (i32.and (i32.load8_u offset=256 (local.get $earlier)) (i32.const 8))
          (i32.const 0)
          (i32.eq (local.get $before) (i32.const 91)))
      (then (return (i32.eq (i32.load16_u align=1 (local.get $stop)) (i32.const 0x3a5d)))))
    ;; JSON knows no number with a leading zero.
    (if (i32.and (i32.and (local.get $isObject) (i32.eq (i32.load8_u (local.get $at)) (i32.const 48)))
                 (i32.and (i32.gt_s (i32.sub (local.get $stop) (local.get $at)) (i32.const 1)) (i32.eqz (local.get $follows))))
      (then (return (i32.const 1))))
    ;; `"level":50` and `"PRIORITY":"3"`
    (i32.and
      (i32.or
        (i32.and (i32.eq (local.get $before) (i32.const 58)) (i32.eq (local.get $earlier) (i32.const 34)))
        (i32.and (i32.eq (local.get $before) (i32.const 34)) (i32.eq (local.get $earlier) (i32.const 58))))
      (i32.le_s (i32.sub (local.get $stop) (local.get $at)) (i32.const 5))))
)
