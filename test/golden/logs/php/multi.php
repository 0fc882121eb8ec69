<?php
function check() { throw new LogicException("three rows failed:\n  row 1\nrow 2\n\nrow 3"); }
check();
