;; The inner loops of the hot path: finds the next place where one of a set of three-byte strings stands, counts
;; newlines, and masks the digits of a line (`shape.ts` says why). `node bin/write-search.js` makes `byte-search-module.ts` of it. It knows nothing of logs.
;;
;; The vector part is the shuffle of Hyperscan's Teddy (Wang et al., NSDI 2019, 5.2): each string belongs to one of two
;; times eight buckets, and for each of its three places two tables say for a half byte which buckets allow it. What remains is
;; looked up in a bitmap of all three-byte strings, so an answer is exact.
(module
  ;; 0: twelve tables of 16 bytes (for each set of buckets and each place: low half byte, high half byte);
  ;; 256: the kind of every byte: 1 decimal digit, 2 newline, 4 not allowed, 8 part of a name, 16 telling, 32 hexadecimal digit;
  ;; 512: what `mask` tells beside its result; 4096: what it writes; 65536: the bitmap, 2 MiB; behind it the text.
  (import "core" "memory" (memory 66))

  ;; The first place in [at, end) where a string of the bitmap stands whole, or -1. Reads up to 18 bytes behind `end`.
  (func (export "find") (param $at i32) (param $end i32) (result i32)
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
  (func (export "newlines") (param $at i32) (param $end i32) (result i32)
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
  ;; it does not fit before `limit`. At 512: where the masked line ends; at 516: its hash.
  (func (export "mask") (param $from i32) (param $end i32) (param $to i32) (param $limit i32) (result i32)
    (local $at i32) (local $start i32) (local $byte i32) (local $kind i32) (local $before i32) (local $mask i32) (local $isObject i32) (local $sum i32)
    (local.set $at (local.get $from))
    (local.set $start (local.get $to))
    (local.set $before (i32.const 10))
    (local.set $isObject (i32.eq (i32.load8_u (local.get $from)) (i32.const 123)))
    (loop $next
      (if (i32.or (i32.ge_s (local.get $at) (local.get $end)) (i32.ge_s (local.get $to) (local.get $limit))) (then (return (i32.const -1))))
      (local.set $byte (i32.load8_u (local.get $at)))
      (local.set $kind (i32.load8_u offset=256 (local.get $byte)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.eqz (i32.and (local.get $kind) (i32.const 7)))
        (then
          (i32.store8 (local.get $to) (local.get $byte))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          ;; `0x…`: what counts is the number behind the x. The zero stands alone and was masked.
          (if (i32.and (i32.eq (local.get $byte) (i32.const 120)) (i32.eq (local.get $before) (i32.const 48)))
            (then
              (if (i32.and
                    (i32.eq (i32.load8_u (i32.sub (local.get $to) (i32.const 2))) (i32.const 0xff))
                    (i32.or
                      (i32.lt_s (i32.sub (local.get $to) (i32.const 3)) (local.get $start))
                      (i32.ne (i32.load8_u (i32.sub (local.get $to) (i32.const 3))) (i32.const 0xff))))
                (then
                  (i32.store8 (i32.sub (local.get $to) (i32.const 2)) (i32.const 48))
                  (block $done
                    (loop $hex
                      (br_if $done (i32.or (i32.ge_s (local.get $at) (local.get $end)) (i32.ge_s (local.get $to) (local.get $limit))))
                      (local.set $byte (i32.load8_u (local.get $at)))
                      (br_if $done (i32.eqz (i32.and (i32.load8_u offset=256 (local.get $byte)) (i32.const 32))))
                      (i32.store8 (local.get $to) (i32.const 0xfe))
                      (local.set $to (i32.add (local.get $to) (i32.const 1)))
                      (local.set $at (i32.add (local.get $at) (i32.const 1)))
                      (br $hex)))))))
          (local.set $before (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
          (br $next)))
      (if (i32.and (local.get $kind) (i32.const 1))
        (then
          ;; A run of digits begins: all of it is masked, or nothing.
          (if (i32.eqz (i32.and (i32.load8_u offset=256 (local.get $before)) (i32.const 1)))
            (then
              (local.set $mask (i32.const 0xff))
              (if (i32.or (local.get $isObject) (i32.or
                    (i32.eq (i32.sub (local.get $at) (i32.const 1)) (local.get $from))
                    (i32.and (i32.load8_u offset=256 (local.get $before)) (i32.const 24))))
                (then
                  (if (call $isKept (local.get $from) (i32.sub (local.get $at) (i32.const 1)) (local.get $end) (local.get $isObject))
                    (then (local.set $mask (i32.const 0))))))))
          (i32.store8 (local.get $to) (i32.or (local.get $byte) (local.get $mask)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (local.set $before (local.get $byte))
          (br $next))))
    (if (i32.ne (local.get $byte) (i32.const 10)) (then (return (i32.const -1))))
    ;; The newline, and zeros up to four bytes, which may be written further.
    (i32.store align=1 (local.get $to) (i32.const 10))
    (local.set $to (i32.and (i32.add (local.get $to) (i32.const 4)) (i32.const -4)))
    (local.set $sum (i32.const 0x811c9dc5))
    (loop $words
      (local.set $sum (i32.mul (i32.xor (local.get $sum) (i32.load (local.get $start))) (i32.const 0x9e3779b1)))
      (local.set $sum (i32.xor (local.get $sum) (i32.shr_u (local.get $sum) (i32.const 15))))
      (local.set $start (i32.add (local.get $start) (i32.const 4)))
      (br_if $words (i32.lt_s (local.get $start) (local.get $to))))
    (i32.store (i32.const 512) (local.get $to))
    (i32.store (i32.const 516) (i32.shr_u (local.get $sum) (i32.const 1)))
    (local.get $at))

  ;; Digits that say something by their value: parts of names, levels, states of HTTP, numbers of frames.
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
    (local.set $stop (local.get $at))
    (block $done
      (loop $digits
        (br_if $done (i32.ge_s (local.get $stop) (local.get $end)))
        (br_if $done (i32.eqz (i32.and (i32.load8_u offset=256 (i32.load8_u (local.get $stop))) (i32.const 1))))
        (local.set $stop (i32.add (local.get $stop) (i32.const 1)))
        (br $digits)))
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
