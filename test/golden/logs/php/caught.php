<?php
final class Cart { public static function open(string $n): void { throw new RuntimeException("closed: $n"); } }
try { Cart::open('x'); } catch (RuntimeException $e) { echo "Uncaught in the job: " . $e . "\n"; echo $e->getTraceAsString(), "\n"; }
echo "end\n";
