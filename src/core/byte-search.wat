;; The inner loops of the hot path: finds the next place where one of a set of three-byte strings stands, and counts
;; newlines. `node bin/write-search.js` makes `byte-search-module.ts` of it. It knows nothing of logs.
;;
;; The vector part is the shuffle of Hyperscan's Teddy (Wang et al., NSDI 2019, 5.2): each string belongs to one of two
;; times eight buckets, and for each of its three places two tables say for a half byte which buckets allow it. What remains is
;; looked up in a bitmap of all three-byte strings, so an answer is exact.
(module
  ;; 0: twelve tables of 16 bytes (for each set of buckets and each place: low half byte, high half byte);
  ;; 65536: the bitmap, 2 MiB; behind it the text.
  (import "core" "memory" (memory 34))

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
)
