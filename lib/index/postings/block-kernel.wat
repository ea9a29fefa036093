;; Decodes postings blocks (FORMAT.md) four numbers at a time; block-kernel.ts says how it is called. What it does not
;; take, numbers of more than 24 bits among it, it leaves to the decoder in block.ts, whose results it has to the last bit.
(module
  ;; 0x0000: for every width of 1 to 24 bits, 64 bytes: for values 0 to 3 of eight, which bytes each needs, and what to
  ;; multiply with so that each begins at bit 7; then the same for values 4 to 7, from byte width / 2 on.
  ;; 0x0800: docIds; 0x9000: term frequencies; 0x11800: lengths (8,192 of each, and room for what is written beyond);
  ;; 0x1a000: bytes of blocks.
  (memory (export "memory") 4)
  (global $docIds i32 (i32.const 0x0800))
  (global $termFreqs i32 (i32.const 0x9000))
  (global $docLens i32 (i32.const 0x11800))

  ;; Fills $out with $count values of $width bits, and up to seven more with anything.
  (func $unpack (param $in i32) (param $width i32) (param $count i32) (param $out i32)
    (local $end i32) (local $table i32) (local $half i32) (local $mask v128)
    (local $bytes0 v128) (local $factors0 v128) (local $bytes1 v128) (local $factors1 v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (if (i32.eqz (local.get $width))
      (then
        (loop $zeros
          (v128.store (local.get $out) (v128.const i32x4 0 0 0 0))
          (v128.store offset=16 (local.get $out) (v128.const i32x4 0 0 0 0))
          (br_if $zeros (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 32))) (local.get $end))))
        (return)))
    (local.set $table (i32.shl (local.get $width) (i32.const 6)))
    (local.set $bytes0 (v128.load (local.get $table)))
    (local.set $factors0 (v128.load offset=16 (local.get $table)))
    (local.set $bytes1 (v128.load offset=32 (local.get $table)))
    (local.set $factors1 (v128.load offset=48 (local.get $table)))
    (local.set $half (i32.shr_u (local.get $width) (i32.const 1)))
    (local.set $mask (i32x4.splat (i32.sub (i32.shl (i32.const 1) (local.get $width)) (i32.const 1))))
    (loop $eights
      (v128.store (local.get $out)
        (v128.and (local.get $mask)
          (i32x4.shr_u
            (i32x4.mul (i8x16.swizzle (v128.load (local.get $in)) (local.get $bytes0)) (local.get $factors0))
            (i32.const 7))))
      (v128.store offset=16 (local.get $out)
        (v128.and (local.get $mask)
          (i32x4.shr_u
            (i32x4.mul
              (i8x16.swizzle (v128.load (i32.add (local.get $in) (local.get $half))) (local.get $bytes1))
              (local.get $factors1))
            (i32.const 7))))
      (local.set $in (i32.add (local.get $in) (local.get $width)))
      (br_if $eights (i32.lt_u (local.tee $out (i32.add (local.get $out) (i32.const 32))) (local.get $end)))))

  ;; Fills $out with a packed run. Answers where it ends, 0 for one that is left to the other decoder.
  (func $packed (param $in i32) (param $end i32) (param $count i32) (param $out i32) (result i32)
    (local $width i32) (local $exceptions i32) (local $places i32) (local $place i32)
    (local $byte i32) (local $shift i32) (local $high i32)
    (if (i32.gt_u (i32.add (local.get $in) (i32.const 2)) (local.get $end)) (then (return (i32.const 0))))
    (local.set $width (i32.load8_u (local.get $in)))
    (if (i32.gt_u (local.get $width) (i32.const 24)) (then (return (i32.const 0))))
    (local.set $exceptions (i32.load8_u offset=1 (local.get $in)))
    (local.set $in (i32.add (local.get $in) (i32.const 2)))
    (call $unpack (local.get $in) (local.get $width) (local.get $count) (local.get $out))
    (local.set $places
      (i32.add (local.get $in)
        (i32.shr_u (i32.add (i32.mul (local.get $count) (local.get $width)) (i32.const 7)) (i32.const 3))))
    (local.set $in (i32.add (local.get $places) (local.get $exceptions)))
    (if (i32.gt_u (local.get $in) (local.get $end)) (then (return (i32.const 0))))
    (if (i32.eqz (local.get $exceptions)) (then (return (local.get $in))))
    (loop $each
      (local.set $high (i32.const 0))
      (local.set $shift (i32.const 0))
      (loop $varint
        (if (i32.or (i32.ge_u (local.get $in) (local.get $end)) (i32.gt_u (local.get $shift) (i32.const 21)))
          (then (return (i32.const 0))))
        (local.set $byte (i32.load8_u (local.get $in)))
        (local.set $in (i32.add (local.get $in) (i32.const 1)))
        (local.set $high
          (i32.or (local.get $high)
            (i32.shl (i32.and (local.get $byte) (i32.const 0x7f)) (local.get $shift))))
        (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
        (br_if $varint (i32.ge_u (local.get $byte) (i32.const 0x80))))
      (local.set $place (i32.load8_u (local.get $places)))
      (if (i32.or
            (i32.ge_u (local.get $place) (local.get $count))
            (i32.ge_u (local.get $high) (i32.shl (i32.const 1) (i32.sub (i32.const 24) (local.get $width)))))
        (then (return (i32.const 0))))
      (local.set $place (i32.add (local.get $out) (i32.shl (local.get $place) (i32.const 2))))
      (i32.store (local.get $place)
        (i32.or (i32.load (local.get $place)) (i32.shl (local.get $high) (local.get $width))))
      (local.set $places (i32.add (local.get $places) (i32.const 1)))
      (br_if $each (local.tee $exceptions (i32.sub (local.get $exceptions) (i32.const 1)))))
    (local.get $in))

  ;; Adds the same to each of $count values. Answers whether one of them is above $most then. What comes up to four places
  ;; after them is lost.
  (func $raise (param $at i32) (param $count i32) (param $by v128) (param $most i32) (result i32)
    (local $end i32) (local $four v128) (local $max v128)
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $count) (i32.const 2))))
    (v128.store (local.get $end) (v128.const i32x4 0 0 0 0))
    (loop $fours
      (local.set $four (i32x4.add (v128.load (local.get $at)) (local.get $by)))
      (v128.store (local.get $at) (local.get $four))
      (local.set $max (i32x4.max_u (local.get $max) (local.get $four)))
      (br_if $fours (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
    (v128.any_true (i32x4.gt_u (local.get $max) (i32x4.splat (local.get $most)))))

  ;; Makes each of $count values the sum of all up to it, $each added for every one; answers the last.
  (func $sums (param $at i32) (param $count i32) (param $each v128) (result i32)
    (local $four v128) (local $before v128) (local $end i32)
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $count) (i32.const 2))))
    (loop $fours
      (local.set $four (i32x4.add (v128.load (local.get $at)) (local.get $each)))
      (local.set $four
        (i32x4.add (local.get $four)
          (i8x16.shuffle 16 16 16 16 0 1 2 3 4 5 6 7 8 9 10 11 (local.get $four) (v128.const i32x4 0 0 0 0))))
      (local.set $four
        (i32x4.add (local.get $four)
          (i8x16.shuffle 16 16 16 16 16 16 16 16 0 1 2 3 4 5 6 7 (local.get $four) (v128.const i32x4 0 0 0 0))))
      (local.set $four (i32x4.add (local.get $four) (local.get $before)))
      (v128.store (local.get $at) (local.get $four))
      (local.set $before (i32x4.splat (i32x4.extract_lane 3 (local.get $four))))
      (br_if $fours (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
    (i32.load (i32.sub (local.get $end) (i32.const 4))))

  ;; Decodes the block in $in to before $end into places $index and on. Answers 1, or 0 for one that is left to the other
  ;; decoder. $most: the greatest docId that it may have. No term frequency may be above $maxTermFreq, no length above
  ;; 2^31 - 1: 127 differences of up to 24 bits, added to a lowest length of 31, stay below 2^32.
  (func (export "block")
    (param $in i32) (param $end i32) (param $index i32) (param $count i32)
    (param $firstDocId i32) (param $most i32) (param $minDocLen i32) (param $maxTermFreq i32) (result i32)
    (local $form i32) (local $out i32) (local $last i32)
    (local.set $form (i32.load8_u (local.get $in)))
    (if (i32.gt_u (local.get $form) (i32.const 1)) (then (return (i32.const 0))))
    (local.set $index (i32.shl (local.get $index) (i32.const 2)))

    (local.set $out (i32.add (global.get $docIds) (local.get $index)))
    (local.set $in
      (call $packed (i32.add (local.get $in) (i32.const 1)) (local.get $end)
        (i32.sub (local.get $count) (i32.const 1)) (i32.add (local.get $out) (i32.const 4))))
    (if (i32.eqz (local.get $in)) (then (return (i32.const 0))))
    (i32.store (local.get $out) (i32.sub (local.get $firstDocId) (i32.const 1)))
    (local.set $last (call $sums (local.get $out) (local.get $count) (v128.const i32x4 1 1 1 1)))
    ;; 127 gaps of up to 24 bits pass 2^32 once at most, and then the last is below the first.
    (if (i32.or
          (i32.lt_u (local.get $last) (local.get $firstDocId))
          (i32.gt_u (local.get $last) (local.get $most)))
      (then (return (i32.const 0))))

    (local.set $out (i32.add (global.get $termFreqs) (local.get $index)))
    (local.set $in (call $packed (local.get $in) (local.get $end) (local.get $count) (local.get $out)))
    (if (i32.eqz (local.get $in)) (then (return (i32.const 0))))
    (if (call $raise (local.get $out) (local.get $count) (v128.const i32x4 1 1 1 1) (local.get $maxTermFreq))
      (then (return (i32.const 0))))

    (local.set $out (i32.add (global.get $docLens) (local.get $index)))
    (if (local.get $form)
      (then
        (local.set $in (call $packed (local.get $in) (local.get $end) (local.get $count) (local.get $out)))
        (if (i32.eqz (local.get $in)) (then (return (i32.const 0))))
        (if
          (call $raise (local.get $out) (local.get $count) (i32x4.splat (local.get $minDocLen)) (i32.const 0x7fffffff))
          (then (return (i32.const 0)))))
      (else
        (local.set $in
          (call $packed (local.get $in) (local.get $end)
            (i32.sub (local.get $count) (i32.const 1)) (i32.add (local.get $out) (i32.const 4))))
        (i32.store (local.get $out) (local.get $minDocLen))
        (if (i32.lt_s (call $sums (local.get $out) (local.get $count) (v128.const i32x4 0 0 0 0)) (i32.const 0))
          (then (return (i32.const 0))))))
    (i32.eq (local.get $in) (local.get $end)))
)
