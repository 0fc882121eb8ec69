;; The inner loops of the hot path: finds the next place where one of a set of three-byte strings stands, counts
;; newlines, and masks the digits of a line (`shape.ts` says why). `node bin/write-search.js` makes `byte-search-module.ts` of it. It knows nothing of logs.
;;
;; The vector part is the shuffle of Hyperscan's Teddy (Wang et al., NSDI 2019, 5.2): each string belongs to one of two
;; times eight buckets, and for each of its three places two tables say for a half byte which buckets allow it. What remains is
;; looked up in a bitmap of all three-byte strings, so an answer is exact.
(module
  ;; 0: twelve tables of 16 bytes (for each set of buckets and each place: low half byte, high half byte);
  ;; 256: the kind of every byte: 1 decimal digit, 8 part of a name, 32 hexadecimal digit;
  ;; 512: what `mask` and `run` tell beside their results; 4096: the masked lines; 12288: what `run` counted;
  ;; 65536: the bitmap, 2 MiB; 2162688: the text, 2 MiB and a page of room behind it;
  ;; 4325376: a bitmap of the first lines of blocks, 8 KiB; 4333568: slots of lines; 4399104: slots of blocks; behind them their shapes.
  (import "core" "memory" (memory 84))

  ;; Lines that `run` has passed over, the lines of the block found last and its number, how much is counted, the line tried last.
  (global $lines (mut i32) (i32.const 0))
  (global $taken (mut i32) (i32.const 0))
  (global $number (mut i32) (i32.const 0))
  (global $counted (mut i32) (i32.const 0))
  (global $tried (mut i32) (i32.const -1))

  ;; Passes over lines that begin no event and counts the blocks whose shape is in the slots, from the start of a line at `at`;
  ;; strings are searched from `from`, which is at most a byte before it. Where it stops stands at 520, the lines passed at 524,
  ;; the number of blocks counted at 528; each of them has three words at 12288: its number, its place, the lines before it.
  ;; The place of a string in a line that is to be looked at, -1 at `end`, -2 where no more can be counted.
  (func $run (export "run") (param $at i32) (param $from i32) (param $end i32) (param $counts i32) (result i32)
    (local $hit i32) (local $start i32) (local $next i32) (local $record i32)
    (global.set $lines (i32.const 0))
    (global.set $counted (i32.const 0))
    (local.set $hit (i32.const -2))
    (block $stop
      (loop $search
        (br_if $stop (i32.ge_u (global.get $counted) (i32.const 4096)))
        (local.set $hit (call $find (local.get $from) (local.get $end)))
        (local.set $start (local.get $end))
        (if (i32.ne (local.get $hit) (i32.const -1))
          (then (local.set $start (call $lineStart (local.get $at) (i32.add (local.get $hit) (i32.const 2))))))
        (global.set $lines (i32.add (global.get $lines) (call $newlines (local.get $at) (local.get $start))))
        (local.set $at (local.get $start))
        (br_if $stop (i32.eq (local.get $hit) (i32.const -1)))
        (br_if $stop (i32.or (i32.eqz (local.get $counts)) (i32.eq (local.get $at) (global.get $tried))))
        (global.set $tried (local.get $at))
        (local.set $next (call $block (local.get $at) (local.get $end)))
        (br_if $stop (i32.eqz (local.get $next)))
        (local.set $record (i32.mul (global.get $counted) (i32.const 12)))
        (i32.store offset=12288 (local.get $record) (global.get $number))
        (i32.store offset=12292 (local.get $record) (local.get $at))
        (i32.store offset=12296 (local.get $record) (global.get $lines))
        (global.set $counted (i32.add (global.get $counted) (i32.const 1)))
        (global.set $lines (i32.add (global.get $lines) (global.get $taken)))
        (local.set $at (local.get $next))
        (local.set $from (i32.sub (local.get $at) (i32.const 1)))
        (local.set $hit (i32.const -2))
        (br $search)))
    (i32.store (i32.const 520) (local.get $at))
    (i32.store (i32.const 524) (global.get $lines))
    (i32.store (i32.const 528) (global.get $counted))
    (local.get $hit))

  ;; Other bytes are to be searched.
  (func $loaded (export "loaded")
    (global.set $tried (i32.const -1)))

  ;; Where the line begins that `at` lies in, not before `from`.
  (func $lineStart (param $from i32) (param $at i32) (result i32)
    (block $done
      (loop $bytes
        (br_if $done (i32.le_s (local.get $at) (local.get $from)))
        (br_if $done (i32.eq (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 10)))
        (local.set $at (i32.sub (local.get $at) (i32.const 1)))
        (br $bytes)))
    (local.get $at))

  ;; The line behind the block that begins at `at`, or 0 where its shape is not known. `repeats.ts` says what a block is.
  (func $block (param $at i32) (param $end i32) (result i32)
    (local $next i32) (local $behind i32) (local $key i32) (local $to i32) (local $isObject i32) (local $value i32) (local $stream i32)
    (local.set $isObject (i32.eq (i32.load8_u (local.get $at)) (i32.const 123)))
    (local.set $next (call $mask (local.get $at) (local.get $end) (i32.const 4096) (i32.const 12284)))
    (if (i32.eq (local.get $next) (i32.const -1)) (then (return (i32.const 0))))
    (local.set $key (i32.load (i32.const 516)))
    (if (i32.eqz (i32.and
          (i32.shr_u (i32.load8_u offset=4325376 (i32.and (i32.shr_u (local.get $key) (i32.const 3)) (i32.const 0x1fff))) (i32.and (local.get $key) (i32.const 7)))
          (i32.const 1)))
      (then (return (i32.const 0))))
    (local.set $to (i32.load (i32.const 512)))
    (global.set $taken (i32.const 1))
    (if (local.get $isObject)
      (then
        (local.set $value (call $slot (i32.const 4399104) (local.get $key) (i32.const 4096) (local.get $to)))
        (if (i32.and (local.get $value) (i32.const 1))
          (then
            (global.set $number (i32.sub (i32.shr_u (local.get $value) (i32.const 8)) (i32.const 1)))
            (return (local.get $next))))))
    (block $ended
      (loop $more
        (local.set $behind (call $mask (local.get $next) (local.get $end) (local.get $to) (i32.const 12284)))
        (if (i32.eq (local.get $behind) (i32.const -1)) (then (return (i32.const 0))))
        (local.set $value (call $slot (i32.const 4333568) (i32.load (i32.const 516)) (local.get $to) (i32.load (i32.const 512))))
        (if (i32.eqz (local.get $value)) (then (return (i32.const 0))))
        (local.set $stream (i32.sub (local.get $value) (i32.const 2)))
        (br_if $ended (i32.ge_s (local.get $stream) (i32.const 0)))
        (local.set $key (i32.shr_u (i32.xor (i32.mul (local.get $key) (i32.const 31)) (i32.load (i32.const 516))) (i32.const 1)))
        (local.set $to (i32.load (i32.const 512)))
        (local.set $next (local.get $behind))
        (global.set $taken (i32.add (global.get $taken) (i32.const 1)))
        (br $more)))
    (local.set $value (call $slot (i32.const 4399104) (local.get $key) (i32.const 4096) (local.get $to)))
    ;; A block that ends by itself was looked for above; one of another stream is not ended by this line.
    (if (i32.or (i32.eqz (local.get $value)) (i32.ne (i32.and (local.get $value) (i32.const 255)) (i32.shl (local.get $stream) (i32.const 1))))
      (then (return (i32.const 0))))
    (global.set $number (i32.sub (i32.shr_u (local.get $value) (i32.const 8)) (i32.const 1)))
    (local.get $next))

  ;; What is remembered of the shape in [start, end), 0 where it is not. A slot has its hash, its place, its length, its value.
  (func $slot (export "slot") (param $slots i32) (param $hash i32) (param $start i32) (param $end i32) (result i32)
    (local $index i32) (local $slot i32) (local $length i32)
    (local.set $index (local.get $hash))
    (local.set $length (i32.sub (local.get $end) (local.get $start)))
    (loop $probe
      (local.set $slot (i32.add (local.get $slots) (i32.shl (i32.and (local.get $index) (i32.const 4095)) (i32.const 4))))
      (if (i32.eqz (i32.load offset=12 (local.get $slot))) (then (return (i32.const 0))))
      (if (i32.and
            (i32.eq (i32.load (local.get $slot)) (local.get $hash))
            (i32.eq (i32.load offset=8 (local.get $slot)) (local.get $length)))
        (then
          (if (call $isEqual (i32.load offset=4 (local.get $slot)) (local.get $start) (local.get $length))
            (then (return (i32.load offset=12 (local.get $slot)))))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $probe))
    (unreachable))

  ;; Lengths are multiples of four.
  (func $isEqual (param $one i32) (param $other i32) (param $length i32) (result i32)
    (local $at i32)
    (block $last
      (loop $vectors
        (br_if $last (i32.gt_u (i32.add (local.get $at) (i32.const 16)) (local.get $length)))
        (if (v128.any_true (v128.xor
              (v128.load (i32.add (local.get $one) (local.get $at)))
              (v128.load (i32.add (local.get $other) (local.get $at)))))
          (then (return (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $vectors)))
    (block $done
      (loop $words
        (br_if $done (i32.ge_u (local.get $at) (local.get $length)))
        (if (i32.ne (i32.load (i32.add (local.get $one) (local.get $at))) (i32.load (i32.add (local.get $other) (local.get $at))))
          (then (return (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $words)))
    (i32.const 1))

  ;; The first place in [at, end) where a string of the bitmap stands whole, or -1. Reads up to 18 bytes behind `end`.
  (func $find (export "find") (param $at i32) (param $end i32) (result i32)
    (local $last i32) (local $hits i32) (local $pos i32) (local $triple i32) (local $v v128)
    (local $n0 v128) (local $n1 v128) (local $n2 v128) (local $u0 v128) (local $u1 v128) (local $u2 v128)
    (local $al0 v128) (local $ah0 v128) (local $al1 v128) (local $ah1 v128) (local $al2 v128) (local $ah2 v128) (local $bl0 v128) (local $bh0 v128) (local $bl1 v128) (local $bh1 v128) (local $bl2 v128) (local $bh2 v128)
    (local.set $last (i32.sub (local.get $end) (i32.const 3)))
    (local.set $al0 (v128.load offset=0 (i32.const 0)))
    (local.set $ah0 (v128.load offset=16 (i32.const 0)))
    (local.set $al1 (v128.load offset=32 (i32.const 0)))
    (local.set $ah1 (v128.load offset=48 (i32.const 0)))
    (local.set $al2 (v128.load offset=64 (i32.const 0)))
    (local.set $ah2 (v128.load offset=80 (i32.const 0)))
    (local.set $bl0 (v128.load offset=96 (i32.const 0)))
    (local.set $bh0 (v128.load offset=112 (i32.const 0)))
    (local.set $bl1 (v128.load offset=128 (i32.const 0)))
    (local.set $bh1 (v128.load offset=144 (i32.const 0)))
    (local.set $bl2 (v128.load offset=160 (i32.const 0)))
    (local.set $bh2 (v128.load offset=176 (i32.const 0)))
    (loop $blocks
      (if (i32.gt_s (local.get $at) (local.get $last)) (then (return (i32.const -1))))
      (local.set $v (v128.load offset=0 (local.get $at)))
      (local.set $n0 (v128.and (local.get $v) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
      (local.set $u0 (i8x16.shr_u (local.get $v) (i32.const 4)))
      (local.set $v (v128.load offset=1 (local.get $at)))
      (local.set $n1 (v128.and (local.get $v) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
      (local.set $u1 (i8x16.shr_u (local.get $v) (i32.const 4)))
      (local.set $v (v128.load offset=2 (local.get $at)))
      (local.set $n2 (v128.and (local.get $v) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
      (local.set $u2 (i8x16.shr_u (local.get $v) (i32.const 4)))
      (local.set $v
        (v128.or
        (v128.and
          (v128.and
            (v128.and (i8x16.relaxed_swizzle (local.get $al0) (local.get $n0)) (i8x16.relaxed_swizzle (local.get $ah0) (local.get $u0)))
            (v128.and (i8x16.relaxed_swizzle (local.get $al1) (local.get $n1)) (i8x16.relaxed_swizzle (local.get $ah1) (local.get $u1))))
          (v128.and (i8x16.relaxed_swizzle (local.get $al2) (local.get $n2)) (i8x16.relaxed_swizzle (local.get $ah2) (local.get $u2))))
        (v128.and
          (v128.and
            (v128.and (i8x16.relaxed_swizzle (local.get $bl0) (local.get $n0)) (i8x16.relaxed_swizzle (local.get $bh0) (local.get $u0)))
            (v128.and (i8x16.relaxed_swizzle (local.get $bl1) (local.get $n1)) (i8x16.relaxed_swizzle (local.get $bh1) (local.get $u1))))
          (v128.and (i8x16.relaxed_swizzle (local.get $bl2) (local.get $n2)) (i8x16.relaxed_swizzle (local.get $bh2) (local.get $u2))))))
      (if (v128.any_true (local.get $v))
        (then
          (local.set $hits (i8x16.bitmask (i8x16.ne (local.get $v) (v128.const i32x4 0 0 0 0))))
          (loop $lanes
            (local.set $pos (i32.add (local.get $at) (i32.ctz (local.get $hits))))
            (if (i32.gt_s (local.get $pos) (local.get $last)) (then (return (i32.const -1))))
            (local.set $triple (i32.and (i32.load (local.get $pos)) (i32.const 0xffffff)))
            (if (i32.and
                  (i32.shr_u (i32.load8_u offset=65536 (i32.shr_u (local.get $triple) (i32.const 3))) (i32.and (local.get $triple) (i32.const 7)))
                  (i32.const 1))
              (then (return (local.get $pos))))
            (local.set $hits (i32.and (local.get $hits) (i32.sub (local.get $hits) (i32.const 1))))
            (br_if $lanes (local.get $hits)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $blocks))
    (unreachable))

  ;; How many newlines are in [at, end).
  (func $newlines (export "newlines") (param $at i32) (param $end i32) (result i32)
    (local $count i32)
    (block $tail
      (loop $blocks
        (br_if $tail (i32.gt_s (i32.add (local.get $at) (i32.const 16)) (local.get $end)))
        (local.set $count (i32.add (local.get $count)
          (i32.popcnt (i8x16.bitmask (i8x16.eq (v128.load (local.get $at)) (v128.const i32x4 0x0a0a0a0a 0x0a0a0a0a 0x0a0a0a0a 0x0a0a0a0a))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $blocks)))
    (block $done
      (loop $bytes
        (br_if $done (i32.ge_s (local.get $at) (local.get $end)))
        (local.set $count (i32.add (local.get $count) (i32.eq (i32.load8_u (local.get $at)) (i32.const 10))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $bytes)))
    (local.get $count))

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
