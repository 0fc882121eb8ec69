<?php
function rows() { yield 1; throw new UnexpectedValueException('row 2'); }
foreach (rows() as $r) { iterator_to_array((function () use ($r) { yield from rows(); })()); }
