<?php
declare(strict_types=1);
function pay(int $n): int { return $n; }
pay("three");
